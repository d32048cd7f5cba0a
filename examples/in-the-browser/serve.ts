/**
 * A page that trains a network in a Web Worker and draws what it learns.
 *
 *     npm run example:in-the-browser               serves it on this machine
 *     npm run example:in-the-browser -- --short    builds it, and tries it in Chromium without a window
 */
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "esbuild";
import { startChromium } from "../support/chromium.js";
import { table } from "../support/draw.js";
import { tryPage } from "./try-page.js";

const source = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = source("../output/in-the-browser");

// The page and its worker are bundles of their own; the other files go along as they are.
const build = await context({
  entryPoints: ["index.html", "style.css", "page.ts", "worker.ts"].map(source),
  loader: { ".html": "copy", ".css": "copy" },
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  outdir: folder,
});
await build.rebuild();

const files = (await readdir(folder)).sort();
const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`Built ${relative(process.cwd(), folder)}:`);
console.log(`${table(files.map((name, i) => [name, kilobytes(sizes[i])]))}\n`);

const { port } = await build.serve({ host: "127.0.0.1", servedir: folder });
const address = `http://127.0.0.1:${port}/`;

if (process.argv.includes("--short")) {
  try {
    const browser = await startChromium();
    if (browser === undefined) console.log("No Chromium is here to try it in.");
    else await tryPage(browser, address, `${folder}.png`).finally(() => browser.close());
  } finally {
    await build.dispose();
  }
} else console.log(`Open ${address} in a browser. Ctrl+C ends it.`);
