import { isBuiltin } from "node:module";
import { build } from "esbuild";

export type Bundle = { readonly code: string; readonly builtins: readonly string[] };

/** The modules that a bundle still asks for when it runs. A parser finds them: messages may say "from" or "require". */
export const importsOf = async (code: string): Promise<string[]> => {
  const { metafile } = await build({
    stdin: { contents: code },
    bundle: true,
    external: ["*"],
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const paths = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return paths.filter((path) => path !== "<runtime>"); // esbuild's own
};

/** Bundles a program for browsers with esbuild; `consumer` is the project whose packages it imports. */
export const bundle = async (program: string, consumer: string): Promise<Bundle> => {
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents: program, resolveDir: consumer },
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return { code: outputFiles[0]?.text ?? "", builtins: imported.filter(isBuiltin) };
};
