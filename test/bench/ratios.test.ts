import { describe, expect, test } from "vitest";
import { geometricMeans, memoryTable, ratioTable } from "../../bench/report/ratios.js";
import { geometricMean, median, ratios } from "../../bench/statistics.js";
import { contender, race } from "./contenders.js";

describe("statistics", () => {
  test("the median of an odd and of an even number of rounds", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test("ratios are of the same round, and their mean is geometric", () => {
    expect(ratios([2, 6], [1, 2])).toEqual([2, 3]);
    expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
  });
});

const ours = contender({ name: "chainrule fast", ours: true, rates: [20, 40, 60], memory: 1e6 });

describe("tables of ratios", () => {
  test("compare with the fastest of a group, round by round", () => {
    const slow = contender({ name: "peer, 1 thread", group: "peer", rates: [1, 1, 1] });
    const quick = contender({ name: "peer, 2 threads", group: "peer", rates: [10, 10, 20], threads: 2 });
    const lines = ratioTable(race(ours, slow, quick))?.split("\n") ?? [];
    expect(lines[0]).toMatch(/times as fast as *\| *fast \|/);
    expect(lines[2]).toMatch(/peer, 2 threads *\| 3\.00 \(2\.00 to 4\.00\) \|/);
    expect(lines).toHaveLength(3);
  });

  test("compare our threads with our one thread", () => {
    const both = contender({ ...ours, name: "chainrule fast, 2 threads", group: ours.group, threads: 2 });
    const lines = ratioTable(race(ours, both))?.split("\n") ?? [];
    expect(lines[0]).toMatch(/\| *fast, 2 threads \|$/);
    expect(lines[2]).toMatch(/itself on 1 thread *\| 1\.00/);
  });

  test("leave out who did not finish, and are not there without a rival", () => {
    expect(ratioTable(race(ours, contender({ name: "peer", missing: "not installed", rates: [] })))).toBe(
      undefined,
    );
  });

  test("give memory as a share of the rival's", () => {
    expect(memoryTable(race(ours, contender({ name: "peer", memory: 4e6 })))).toMatch(/peer *\| *0\.250 \|/);
  });

  test("are summed up by a geometric mean over races", () => {
    const twice = contender({ name: "peer", rates: [10, 20, 30] });
    const half = contender({ name: "peer", rates: [40, 80, 120] });
    expect(geometricMeans([race(ours, twice), race(ours, half)])).toEqual([
      "chainrule fast: 1.00 times as fast as peer, geometric mean of 2",
    ]);
  });
});
