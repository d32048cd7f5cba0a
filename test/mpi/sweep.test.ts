import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, it } from "vitest";
import { programs } from "./support/build.js";
import { job, onEach } from "./support/job.js";

beforeAll(async () => {
  const source = fileURLToPath(new URL("../../examples/cluster/sweep.ts", import.meta.url));
  const options = { bundle: true, packages: "external", format: "esm", platform: "node" } as const;
  // An empty tsconfig: else the library's name leads to its sources.
  await build({ entryPoints: [source], outfile: join(programs, "sweep.mjs"), tsconfigRaw: {}, ...options });
});

onEach("a sweep with %s", (flavour) => {
  it("finds what one process finds", async () => {
    const alone = await job("alone", 1, "sweep.mjs", ["--short"]);
    const shared = await job(flavour, 2, "sweep.mjs", ["--short"]);
    expect(shared, shared.stderr).toMatchObject({ code: 0 });
    expect(alone.stdout).toMatch(/^(loss .*\n){9}best: /);
    expect(shared.stdout.replaceAll("\r", "")).toBe(alone.stdout);
  });
});
