// Makes texts, which survive every bundler, of what is no JavaScript of the page: the AssemblyScript kernels, compiled once
// for exact and once for fused arithmetic, those of the catalogue, and the code of threads. Runs by itself after `npm ci` and `npm install`.
import { mkdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { catalogue, compileKernels, root } from "./compile-kernels.mjs";
import { makeDelta } from "./delta.mjs";
import { textOfBytes } from "./text-of-bytes.mjs";

/** The code of a thread, in one piece. */
async function bundleWorker() {
  const { outputFiles } = await build({
    entryPoints: [`${root}/src/kernels/threads/worker.ts`],
    ...{ bundle: true, minify: true, write: false, format: "iife", target: "es2022" },
  });
  return outputFiles[0].text;
}

const text = (bytes) => JSON.stringify(textOfBytes(bytes));
const exact = await compileKernels("exact");
const fast = await compileKernels("fast");
const worker = await bundleWorker();
const made = "// Made by scripts/build-wasm.mjs.\n\n";
const folder = `${root}/src/kernels/generated`;
// For places that compile no bytes at run time: `init({ module })`.
await mkdir(`${folder}/files/wasm`, { recursive: true });
await mkdir(`${folder}/texts`, { recursive: true });
await writeFile(`${folder}/files/wasm/exact.wasm`, exact);
await writeFile(`${folder}/files/wasm/fast.wasm`, fast);
for (const name of catalogue) {
  const bytes = await compileKernels(name);
  await writeFile(`${folder}/files/wasm/${name}.wasm`, bytes);
  await writeFile(`${folder}/texts/${name}.ts`, `${made}export const ${name} =\n  ${text(bytes)};\n`);
  console.log(`${name}: ${bytes.length} bytes`);
}
await writeFile(
  `${folder}/texts/core.ts`,
  `${made}export const exact =\n  ${text(exact)};\n\nexport const fastDelta =\n  ${text(makeDelta(exact, fast))};\n`,
);
await writeFile(`${folder}/worker.ts`, `${made}export const workerSource =\n  ${JSON.stringify(worker)};\n`);
console.log(
  `kernels: exact ${exact.length} bytes, fast ${fast.length} bytes; a thread: ${worker.length} bytes`,
);
