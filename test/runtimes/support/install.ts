import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { setup as installPackage } from "../../package/support/install.js";
import { root } from "../../package/support/root.js";
import { expectEngines } from "./engines.js";

/** Builds, packs and installs the package, and puts the scripts where they find it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  expectEngines();
  const remove = await installPackage(project);
  const { consumer } = project.getProvidedContext().installed;
  await cp(join(root, "test/runtimes/scripts"), consumer, { recursive: true });
  return remove;
};
