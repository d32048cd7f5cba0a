// Compiles the AssemblyScript kernels, once for exact and once for fused arithmetic, into src/kernels/generated/wasm.ts: text
// that survives every bundler. Runs by itself after `npm ci` and `npm install`.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param features WebAssembly features beside the defaults */
async function compile(...features) {
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      "src/kernels/assembly/index.ts",
      ...["--baseDir", root, "--outFile", "kernels.wasm"],
      ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert", "--converge"],
      // No allocator and no static data: with shared memory every thread would share it.
      ...[
        "--runtime",
        "stub",
        "--importMemory",
        "--noExportMemory",
        "--initialMemory",
        "1",
        "--maximumMemory",
        "65536",
      ],
      ...features.flatMap((feature) => ["--enable", feature]),
    ],
    { writeFile: (name, contents) => written.set(name, contents) },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr}`);
  return written.get("kernels.wasm");
}

const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const exact = await compile("simd");
const fast = await compile("simd", "relaxed-simd");
await mkdir(`${root}/src/kernels/generated`, { recursive: true });
await writeFile(
  `${root}/src/kernels/generated/wasm.ts`,
  `// Made by scripts/build-wasm.mjs.\n\nexport const exact =\n  "${base64(exact)}";\n\nexport const fast =\n  "${base64(fast)}";\n`,
);
console.log(`kernels: exact ${exact.length} bytes, fast ${fast.length} bytes`);
