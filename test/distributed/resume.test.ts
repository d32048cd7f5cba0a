import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { threads } from "./support/together.js";

const together = threads("./misfits.ts");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chainrule-resume-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [4, 2],
  [2, 4],
  [1, 2],
])("goes on after a crash of %i processes with %i, to the same bytes", async (before, after) => {
  const place = join(folder, `${before}-${after}`);
  const options = { epochs: 3 };
  const [whole] = await together(before, { options });
  const crashed = await together(before, { options, folder: place, fault: "crash" });
  for (const answer of crashed) expect("error" in answer && answer.error).toMatch(/killed/);
  // Only the first process reads the folder: the others may be on machines that have none.
  const resumed = await together(after, { options }, (rank) => ({
    folder: rank === 0 ? place : `${place}-none`,
  }));
  const weights = (answer: (typeof resumed)[number]) => ("outcome" in answer ? answer.outcome : answer);
  for (const answer of resumed) {
    expect(weights(answer)).toMatchObject({
      weights: (weights(whole) as unknown as { weights: number[] }).weights,
    });
  }
});

it("refuses a place within an epoch, where each process has data of its own", async () => {
  const place = join(folder, "own");
  const parts = (rank: number) => ({ own: rank === 0 ? [0, 26] : [26, 52] });
  await together(2, { folder: place, fault: "crash" }, parts);
  for (const answer of await together(2, { folder: place }, parts)) {
    expect("error" in answer && answer.error).toMatch(/a checkpoint between two epochs, but got one within/);
  }
});
