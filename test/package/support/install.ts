import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { TestProject } from "vitest/node";
import { root } from "./root.js";
import { run } from "./run.js";

/** Where the tests find the package as a user gets it. */
export type Installed = {
  /** The packed tarball. */
  readonly tarball: string;
  /** An otherwise empty project that has installed it. */
  readonly consumer: string;
};

declare module "vitest" {
  interface ProvidedContext {
    readonly installed: Installed;
  }
}

// Milliseconds; a build of the declarations alone takes many seconds on a busy machine.
const patience = 300_000;

// A copy is packed, so that no `dist` appears in the work tree and two runs at once do not build into each other.
const notCopied = /(^|[\\/])node_modules$|^(\.git|dist|coverage)$/;

const copyProject = async (to: string): Promise<void> => {
  await cp(root, to, { recursive: true, filter: (path) => !notCopied.test(relative(root, path)) });
  await symlink(join(root, "node_modules"), join(to, "node_modules"), "junction");
};

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "chainrule-package-")));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const copy = join(folder, "copy");
    const packed = join(folder, "packed");
    const consumer = join(folder, "consumer");
    await copyProject(copy);
    for (const made of [packed, consumer]) await mkdir(made);

    await run("npm", ["pack", "--pack-destination", packed], copy, patience);
    const [name = "nothing was packed"] = await readdir(packed);
    const tarball = join(packed, name);

    await writeFile(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], consumer, patience);
    project.provide("installed", { tarball, consumer });
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
};
