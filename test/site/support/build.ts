import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../package/support/root.js";
import { run } from "../../package/support/run.js";

const built = join(root, "docs/.vitepress/dist/index.html");
const generated = /^(api|source|\.vitepress\/(cache|dist))\b/;

/** Builds the site, unless it is there and newer than all that it is made of. */
export const setup = async (): Promise<void> => {
  if (existsSync(built) && statSync(built).mtimeMs > newest()) return;
  await run("npm", ["run", "--silent", "docs"], root, 600_000);
};

function newest(): number {
  const files = ["docs", "src"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => !(folder === "src" ? /\bgenerated\b/ : generated).test(name))
      .map((name) => join(root, folder, name)),
  );
  // Of a folder only the files count: the build writes into docs.
  return Math.max(...files.map((file) => statSync(file)).map((stat) => (stat.isFile() ? stat.mtimeMs : 0)));
}
