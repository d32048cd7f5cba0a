import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Where the rank programs are, beside the library that they import by its name. */
export const programs = join(root, "test/mpi/.generated");

const entries = { index: "src/index.ts", node: "src/node/index.ts", mpi: "src/mpi/index.ts" };
const alias = { chainrule: entries.index, "chainrule/node": entries.node, "chainrule/mpi": entries.mpi };
const inRoot = (paths: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, join(root, path)]));

/**
 * Bundles the library, with the programs that train, since each of many processes would compile it else, and puts the other
 * programs into the same package.
 */
export const setup = async (): Promise<() => Promise<void>> => {
  await rm(programs, { recursive: true, force: true });
  await mkdir(programs, { recursive: true });
  const folder = join(root, "test/mpi/programs");
  const names = await readdir(folder);
  const typed = names.filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));
  const trainings = Object.fromEntries(typed.map((name) => [name, `test/mpi/programs/${name}.ts`]));
  await build({
    entryPoints: inRoot({ ...entries, ...trainings, "data-parallel": "examples/data-parallel.ts" }),
    alias: inRoot(alias),
    ...{ bundle: true, splitting: true, format: "esm", platform: "node", target: "es2022" },
    ...{ packages: "external", outdir: programs, logLevel: "error" },
  });
  const exports = { ".": "./index.js", "./node": "./node.js", "./mpi": "./mpi.js" };
  await writeFile(
    join(programs, "package.json"),
    JSON.stringify({ name: "chainrule", type: "module", exports }),
  );
  for (const name of names.filter((name) => name.endsWith(".mjs"))) {
    await cp(join(folder, name), join(programs, name));
  }
  return () => rm(programs, { recursive: true, force: true });
};
