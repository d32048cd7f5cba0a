import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { engine, loopModule } from "./wasm-module.js";

export const root = join(import.meta.dirname, "..");

/** A Node to run JavaScript contenders with. */
export interface Engine {
  readonly program: string;
  readonly name: string;
}

const here: Engine = { program: process.execPath, name: `Node ${process.versions.node.split(".")[0]}` };

/** Node 24, where test/runtimes is installed; else this Node. JavaScript peers run on it, and ours in fast mode. */
export const newest: Engine = installed("node24") ?? here;

/** What runs ours in exact mode: the Node that runs the benchmark. */
export const current: Engine = here;

/** Why ours cannot run in fast mode, if it cannot. */
export const noFastMode: string | undefined =
  newest !== here || engine.validate(loopModule(true))
    ? undefined
    : "fast mode needs Node 22 or newer: npm run bench:peers installs Node 24";

export const cores: number = availableParallelism();

function installed(alias: string): Engine | undefined {
  const folder = join(root, "test/runtimes/node_modules", alias);
  const program = join(folder, "bin/node");
  if (!existsSync(program)) return undefined;
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { program, name: `Node ${version.split(".")[0]}` };
}

/** The first Python that has this package. Debian's packages are seen by Debian's Python only. */
export function pythonWith(module: string): string | undefined {
  const script = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
  return ["/usr/bin/python3", "python3"].find((program) => {
    try {
      execFileSync(program, ["-c", script], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}
