import { expect, it } from "vitest";
import { fuzz } from "./fuzz.js";

it("reads 300,000 damaged files without a crash, a hang, or a change", { timeout: 600_000 }, async () => {
  const { failures, outcomes, files } = await fuzz(300_000, 1);
  expect(failures).toEqual([]);
  // Enough of them have to come through to the later checks.
  const share = (name: string) => (outcomes[name] ?? 0) / files;
  expect(Object.keys(outcomes).length).toBeGreaterThan(60);
  expect(share("a model")).toBeGreaterThan(0.02);
  expect(share("a training")).toBeGreaterThan(0.003);
});
