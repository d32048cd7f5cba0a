import { dirname } from "node:path";
import { build, createLogger, type Rolldown } from "vite";

export type ViteBundle = {
  readonly code: string;
  readonly modules: readonly string[];
  readonly warnings: readonly string[];
};

/** Bundles a program as one classic script, as Vite does for a browser. */
export const bundleWithVite = async (entry: string): Promise<ViteBundle> => {
  const warnings: string[] = [];
  const customLogger = createLogger("silent");
  customLogger.warn = customLogger.warnOnce = (message) => void warnings.push(message);
  const result = await build({
    root: dirname(entry),
    configFile: false,
    logLevel: "silent",
    customLogger,
    build: { write: false, minify: false, lib: { entry, formats: ["iife"], name: "program" } },
  });
  const chunks = [result]
    .flat()
    .flatMap((bundle) => ("output" in bundle ? bundle.output.filter(isChunk) : []));
  return {
    code: chunks.map(({ code }) => code).join("\n"),
    modules: chunks.flatMap(({ moduleIds }) => moduleIds),
    warnings,
  };
};

const isChunk = (part: Rolldown.OutputChunk | Rolldown.OutputAsset): part is Rolldown.OutputChunk =>
  part.type === "chunk";
