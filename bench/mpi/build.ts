import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../engines.js";

/** Where the ranks' programs are: within the project, so that they find koffi. */
const folder = join(root, "bench/mpi/.generated");

const names = ["sums", "train"] as const;

export type Program = (typeof names)[number];

export const programOf = (name: Program): string => join(folder, `${name}.mjs`);

/** Bundles the programs, library and all: each of many processes would compile it else. */
export async function buildPrograms(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: names.map((name) => join(root, `bench/mpi/programs/${name}.ts`)),
    ...{ bundle: true, format: "esm", platform: "node", target: "es2022", outExtension: { ".js": ".mjs" } },
    ...{ external: ["koffi"], outdir: folder, logLevel: "error" },
  });
}
