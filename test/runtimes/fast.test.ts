import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { root } from "../package/support/root.js";
import { run } from "../package/support/run.js";
import { engines, node24 } from "./support/engines.js";
import { runScript } from "./support/run-script.js";
import { runsOf, type Training } from "./support/training.js";

const { consumer } = inject("installed");
const threads = [1, 2, 3, 4];

it.each(engines)("$name trains to the same bits on 1 to 4 threads, as fast as it can", async (engine) => {
  const { kernels, runs } = await runScript<Training>(engine, "train.mjs", { threads }, consumer);
  expect(kernels.fused).toBe(engine.fused);
  expect(runs).toEqual(runsOf(threads, runs[0].checksums));
});

const fusing = engines.filter(({ fused }) => fused);
it.each(fusing)("$name comes to other bits than in exact arithmetic", async (engine) => {
  const [fast, exact] = await Promise.all(
    ["fast", "exact"].map((numerics) =>
      runScript<Training>(engine, "train.mjs", { numerics, models: ["plainSGD"] }, consumer),
    ),
  );
  expect(fast.runs[0].checksums).not.toEqual(exact.runs[0].checksums);
});

it("kernels pass their conformance suite on Node 24, fast and exact", { timeout: 300_000 }, async () => {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const options = ["--project", "source", "--reporter", "json", "test/kernels"];
  const { stdout } = await run(node24.command[0], [vitest, "run", ...options], root, 300_000);
  const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as Report;
  expect(report).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0 });
  const names = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName }) => fullName),
  );
  for (const kind of ["fast", "exact"]) {
    const { length } = names.filter((name) => name.startsWith(`SIMD kernels, ${kind}`));
    expect(length, `${kind} tests`).toBeGreaterThan(20);
  }
});

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly { readonly fullName: string }[] }[];
}
