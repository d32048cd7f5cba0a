import { expect, it } from "vitest";
import { threads } from "./support/together.js";

const together = threads("./misfits.ts");

const steps = [8, 16, 21, 25, 29, 33, 35]; // 26 + 9 rows, once each

it("trains on the parts that the processes bring, which may end unevenly", async () => {
  // 8 rows a step are 4 of each: 26 rows last for 7 steps, 9 for 3.
  const [first, second] = await together(2, {}, (rank) => ({ own: rank === 0 ? [0, 26] : [26, 35] }));
  expect(first).toEqual(second);
  expect(first).toMatchObject({ outcome: { seen: [...steps, ...steps], rows: [35, 35] } });
});

it("weighs every row alike, whoever has it", async () => {
  // A step on all rows is the same step however they are shared.
  const options = { batchSize: 64, epochs: 1, shards: 2 };
  const uneven = await together(2, { options }, (rank) => ({ own: rank === 0 ? [0, 30] : [30, 40] }));
  const even = await together(2, { options }, (rank) => ({ own: rank === 0 ? [0, 20] : [20, 40] }));
  expect(uneven[0]).toMatchObject({ outcome: { seen: [40] } });
  expect(even[0]).toMatchObject({ outcome: { seen: [40] } });
});

it("validates on data that all have, and lets one rank look by itself", async () => {
  const parts = (rank: number) => ({ own: rank === 0 ? [0, 26] : [26, 35] });
  const [first, second] = await together(2, { validated: true, fault: "look" }, parts);
  expect(first).toEqual(second);
  const quiet = await together(2, { validated: true }, parts);
  const { seen, weights } = (first as unknown as { outcome: { seen: number[]; weights: number[] } }).outcome;
  expect(seen.filter(Number.isInteger), "no rows of the validation").toEqual([...steps, ...steps]);
  const losses = seen.filter((number) => !Number.isInteger(number));
  expect(losses).toHaveLength(4);
  for (const i of [0, 2]) expect(losses[i]).toBeCloseTo(losses[i + 1], 6);
  expect(quiet[0]).toMatchObject({ outcome: { weights } });

  const [alone] = await together(2, { validated: true }, (rank) => ({
    ...parts(rank),
    fault: rank === 0 ? "look" : "",
  }));
  expect(alone).toMatchObject({ outcome: { weights } });
});

it("ends all processes where one has no data at all", async () => {
  const [first, second] = await together(2, {}, (rank) => ({ own: rank === 0 ? [0, 26] : [26, 26] }));
  expect("error" in second && second.error).toMatch(/a row of data on every rank, but got none on rank 1/);
  expect("error" in first && first.error).toMatch(/rank 1 has ended the job/);
});

it.each([
  [{ batchSize: 3 }, /`batchSize` of at least 4, a row for each shard, with `ownData`, but got 3/],
  [{ batchSize: "full" }, /`batchSize` of at least 4.* but got full/],
])("refuses what it cannot share: %j", async (options, message) => {
  for (const answer of await together(2, { options, own: [0, 8] })) {
    expect("error" in answer && answer.error).toMatch(message);
  }
});
