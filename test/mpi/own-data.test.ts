import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { job, onEach, resultsOf } from "./support/job.js";

interface Result {
  /** Rows that were trained on, by epoch, of all ranks. */
  readonly seen: readonly number[];
  readonly loss: readonly number[];
  readonly validationLoss: readonly number[];
  readonly numbers: readonly number[];
  readonly sha256: string;
}
/** In steps of 8 rows, and of all rows. */
type Both = readonly [small: Result, whole: Result];

const files = [26, 9, 17, 1];
const total = files.reduce((sum, rows) => sum + rows);

let folder = "";
const at = (...names: readonly string[]) => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chainrule-parts-"));
  const rows = Array.from({ length: total }, (_, r) => {
    const [a, b] = [Math.sin(r), r / total];
    return `${a},${b},${a * b}`;
  });
  for (const name of ["parts", "all"]) mkdirSync(at(name));
  const text = (part: readonly string[]) => ["a,b,y", ...part, ""].join("\n");
  writeFileSync(at("all", "all.csv"), text(rows));
  let start = 0;
  for (const [i, count] of files.entries()) {
    writeFileSync(at("parts", `${i}.csv`), text(rows.slice(start, start + count)));
    start += count;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hashes: Record<number, Set<string>> = { 2: new Set(), 4: new Set() };

onEach("%s, where each rank reads files of its own,", (flavour) => {
  it.each([2, 4])("trains on every row of all, with %i ranks", async (ranks) => {
    const results = resultsOf<Both>(await job(flavour, ranks, "parts.js", [at("parts")]));
    expect(results).toHaveLength(ranks);
    for (const result of results) expect(result).toEqual(results[0]);
    for (const { seen, loss, sha256 } of results[0]) {
      expect(seen).toEqual([total, total]);
      expect(loss.every(Number.isFinite)).toBe(true);
      hashes[ranks].add(sha256);
    }
    expect(hashes[ranks].size, "the same bytes with any MPI").toBe(2);
  });

  it("weighs every row alike, whoever has it", async () => {
    const [[, four]] = resultsOf<Both>(await job(flavour, 4, "parts.js", [at("parts")]));
    const [[, one]] = resultsOf<Both>(await job("alone", 1, "parts.js", [at("all"), "plain"]));
    const distance = Math.hypot(...four.numbers.map((x, i) => x - one.numbers[i]));
    expect(distance / Math.hypot(...one.numbers)).toBeLessThan(1e-6);
    for (const epoch of [0, 1]) {
      expect(four.loss[epoch]).toBeCloseTo(one.loss[epoch], 6);
      expect(four.validationLoss[epoch]).toBeCloseTo(one.validationLoss[epoch], 6);
    }
  });
});
