import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./engines.js";

/** Where the contenders in TypeScript are as JavaScript: here they find the packages of this folder. */
export const scripts = join(root, "bench/node_modules/.contenders");

export const version: string = (
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }
).version;

/** Builds our package, unless it is newer than its sources. */
export function buildLibrary(): void {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).map(
    (name) => `src/${name}`,
  );
  const changed = Math.max(...[...sources, "tsup.config.ts", "package.json"].map(timeOf));
  if (timeOf("dist/index.js") > changed && timeOf("dist/node.js") > changed) return;
  console.log("Building chainrule …");
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

/** Plain JavaScript for every Node, without a loader that would be loaded again in each worker thread. */
export async function buildContenders(): Promise<void> {
  const folder = join(root, "bench/contenders");
  await build({
    entryPoints: readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
    outdir: scripts,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
}

function timeOf(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
