// Makes a text, which survives every bundler, of the code of the thread that parses CSV, with the parser in it. Runs by
// itself after `npm ci` and `npm install`.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

// In a thread that starts from a text, not every runtime has `require`.
const banner =
  'var require = (name) => globalThis.process.getBuiltinModule(name.replace(/^(node:)?/, "node:"));';

/** The code of the thread, in one piece; the parser's licence goes with it. */
export async function bundleCsvWorker() {
  const { outputFiles } = await build({
    entryPoints: [`${root}/src/node/csv-worker.ts`],
    ...{ bundle: true, minify: true, write: false, format: "iife", platform: "node", target: "es2022" },
    banner: { js: banner },
  });
  const licence = await readFile(`${root}/node_modules/csv-parse/LICENSE`, "utf8");
  return `/*! csv-parse: ${licence.trim()} */\n${outputFiles[0].text}`;
}

// Imported by a test, it only shows what it would write.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = await bundleCsvWorker();
  const folder = `${root}/src/node/generated`;
  await mkdir(folder, { recursive: true });
  await writeFile(
    `${folder}/csv-worker.ts`,
    `// Made by scripts/build-csv-worker.mjs.\n\nexport const csvWorkerSource =\n  ${JSON.stringify(source)};\n`,
  );
  console.log(`a thread that reads CSV: ${source.length} bytes`);
}
