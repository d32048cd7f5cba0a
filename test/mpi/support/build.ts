import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Where the rank programs are, beside the library that they import by its name. */
export const programs = join(root, "test/mpi/.generated");

const entries = { index: "src/index.ts", node: "src/node/index.ts", mpi: "src/mpi/index.ts" };

/** Bundles the library, since each of many processes would compile it else, and puts the programs into the same package. */
export const setup = async (): Promise<() => Promise<void>> => {
  await rm(programs, { recursive: true, force: true });
  await mkdir(programs, { recursive: true });
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
    ...{ bundle: true, splitting: true, format: "esm", platform: "node", target: "es2022" },
    ...{ packages: "external", outdir: programs, logLevel: "error" },
  });
  const exports = { ".": "./index.js", "./node": "./node.js", "./mpi": "./mpi.js" };
  await writeFile(
    join(programs, "package.json"),
    JSON.stringify({ name: "chainrule", type: "module", exports }),
  );
  const folder = join(root, "test/mpi/programs");
  for (const name of await readdir(folder)) await cp(join(folder, name), join(programs, name));
  return () => rm(programs, { recursive: true, force: true });
};
