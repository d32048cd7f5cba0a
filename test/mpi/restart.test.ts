import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Ended, job, onEach, resultsOf } from "./support/job.js";

interface Result {
  readonly rank: number;
  /** How many it has made. */
  readonly steps: number;
  /** How many things it has written. */
  readonly wrote: number;
  readonly sha256: string;
}

let folder = "";
let whole: Result;
const lastOf = (place: string) => readFileSync(join(place, "step-000000015.safetensors"));
const linesOf = ({ stdout }: Ended) => stdout.match(/^epoch \d.*$/gm) ?? [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainrule-restart-"));
  [whole] = resultsOf<Result>(await job("alone", 1, "restart.js", [join(folder, "whole")]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

onEach("%s, when rank 1 of 4 is killed in the midst of an epoch,", (flavour) => {
  let killed = "";
  beforeAll(async () => {
    killed = join(folder, flavour);
    const { code } = await job(flavour, 4, "restart.js", [killed, "kill"]);
    expect(code).not.toBe(0);
    expect(readdirSync(`${killed}-rank0`)).toContain("step-000000006.safetensors");
  });

  it.each([1, 2, 4])("goes on with %i to the same bytes", async (ranks) => {
    const place = join(folder, `${flavour}-${ranks}`);
    cpSync(`${killed}-rank0`, `${place}-rank0`, { recursive: true });
    const ended = await job(ranks === 1 ? "alone" : flavour, ranks, "restart.js", [place]);
    const results = resultsOf<Result>(ended);
    expect(results).toHaveLength(ranks);
    for (const { rank, steps, wrote, sha256 } of results) {
      expect({ steps, sha256 }).toEqual({ steps: 9, sha256: whole.sha256 });
      expect(wrote).toBe(rank === 0 ? 2 : 0);
    }
    expect(whole.steps).toBe(15);
    expect(lastOf(`${place}-rank0`).equals(lastOf(join(folder, "whole-rank0")))).toBe(true);
  });

  it("has written and printed on rank 0 alone", async () => {
    const ended = await job(flavour, 4, "restart.js", [join(folder, `${flavour}-whole`)]);
    expect(linesOf(ended)).toHaveLength(3);
    // The launcher may bring the lines in another order.
    const results = [...resultsOf<Result>(ended)].sort((a, b) => a.rank - b.rank);
    expect(results.map(({ wrote }) => wrote)).toEqual([2, 0, 0, 0]);
    expect(results.map(({ sha256 }) => sha256)).toEqual(results.map(() => whole.sha256));
    for (const rank of [1, 2, 3]) expect(existsSync(`${killed}-rank${rank}`)).toBe(false);
  });
});
