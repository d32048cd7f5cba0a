/**
 * The page, with the package as it is built.
 *
 *     npm run page              starts a server and says where
 *     npm run page:build        writes dist/ in this folder, for any web server
 */
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, createServer } from "vite";
import { prepareData } from "./digits/prepare-data.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const configFile = fileURLToPath(new URL("./vite.config.ts", import.meta.url));

if (packageIsStale()) {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
}
await prepareData();

if (process.argv.includes("build")) await build({ configFile });
else {
  const server = await createServer({ configFile });
  await server.listen();
  server.printUrls();
}

function packageIsStale(): boolean {
  const built = statSync(`${root}/dist/index.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(`${root}/src`, { recursive: true, encoding: "utf8" });
  return sources.some((file) => statSync(`${root}/src/${file}`).mtimeMs > built);
}
