import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** The modules of the catalogue. */
export const catalogue = ["curves", "layers", "masks", "noise", "steps"];

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * AssemblyScript kernels as a WebAssembly module: those of the core, or a part of the catalogue.
 * @param {"exact" | "fast" | "curves" | "layers" | "masks" | "noise" | "steps"} kind whether multiply-adds are rounded twice or once; in the catalogue, twice
 * @param {readonly string[]} more further options of the compiler
 */
export async function compileKernels(kind, more = []) {
  const features = kind === "fast" ? ["simd", "relaxed-simd"] : ["simd"];
  const isCore = kind === "exact" || kind === "fast";
  const entry = isCore ? "index.ts" : `catalogue/${kind}-module.ts`;
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      `src/kernels/assembly/${entry}`,
      ...["--baseDir", root, "--outFile", "kernels.wasm"],
      ...["--optimizeLevel", "3", "--shrinkLevel", "1", "--noAssert", "--converge"],
      // No allocator and no static data: with shared memory every thread would share it.
      ...["--runtime", "stub", "--importMemory", "--noExportMemory"],
      ...["--initialMemory", "1", "--maximumMemory", "65536"],
      ...features.flatMap((feature) => ["--enable", feature]),
      ...more,
    ],
    { writeFile: (name, contents) => written.set(name, contents) },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr}`);
  return written.get("kernels.wasm");
}
