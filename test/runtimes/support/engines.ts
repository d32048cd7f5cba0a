import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What runs JavaScript beside browsers. */
export interface Engine {
  readonly name: string;
  /** The program, and what stands before the script. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Whether its multiply-adds are rounded once: fast arithmetic. */
  readonly fused: boolean;
  /** Megabytes by which small models may let memory grow, and which large ones may take at all: up to the collector. */
  readonly slack: { readonly small: number; readonly large: number };
}

const installed = (path: string) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const usual = { small: 32, large: 700 };

const node = (major: number): Engine => ({
  name: `Node ${major}`,
  command: [installed(`node${major}/bin/node`)],
  fused: true,
  slack: usual,
});

/** The Node that runs the tests. */
export const here: Engine = {
  name: `this Node, ${process.version}`,
  command: [process.execPath],
  fused: Number.parseInt(process.versions.node, 10) >= 22,
  slack: usual,
};

export const node24 = node(24);

export const bun: Engine = {
  name: "Bun",
  command: [installed("@oven/bun-linux-x64/bin/bun")],
  // It has the instructions, but rounds twice.
  fused: false,
  slack: usual,
};

/** It is given no permission, and none is asked for. */
export const deno: Engine = {
  name: "Deno",
  command: [installed("@deno/linux-x64-glibc/deno"), "run", "--no-prompt"],
  fused: true,
  // It collects late, though in the end it does.
  slack: { small: 150, large: 2000 },
};

export const engines: readonly Engine[] = [here, node(22), node24, node(26), bun, deno];

const folders = (process.env.PATH ?? "").split(":");

/** Chromium, by any of the names that systems give it; those of install.sh. */
export const chromium: string =
  ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => `${folder}/${name}`))
    .find(existsSync) ?? "/usr/bin/chromium";

/** @throws Error if one is missing: these tests are here to run them all */
export function expectEngines(): void {
  const programs = [...engines.map(({ command: [program] }) => program), chromium];
  const missing = programs.filter((program) => !existsSync(program));
  if (missing.length === 0) return;
  throw new Error(`test/runtimes expects every engine, but got none at ${missing.join(", ")}.
Run \`npm run test:runtimes\`, which installs what is missing.`);
}
