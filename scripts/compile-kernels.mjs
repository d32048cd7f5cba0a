import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The AssemblyScript kernels as a WebAssembly module.
 * @param {"exact" | "fast"} numerics whether multiply-adds are rounded twice or once
 * @param {readonly string[]} more further options of the compiler
 */
export async function compileKernels(numerics, more = []) {
  const features = numerics === "fast" ? ["simd", "relaxed-simd"] : ["simd"];
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      "src/kernels/assembly/index.ts",
      ...["--baseDir", root, "--outFile", "kernels.wasm"],
      ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert", "--converge"],
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
