import { expect, it } from "vitest";
import { threads } from "./support/together.js";

const together = threads("./misfits.ts");
const onRank = (odd: number, data: object) => (rank: number) => (rank === odd ? data : {});

const errorsOf = async (size: number, data: object, dataOf?: (rank: number) => object): Promise<string[]> =>
  (await together(size, data, dataOf)).map((answer) => ("error" in answer ? answer.error : "none"));

it.each([
  ["another seed", { seed: 2 }, /seed to be the same on every rank, but got .* on rank 2, .* on rank 0/],
  ["another model", { units: 5 }, /the model to be the same.*units: 5.* on rank 2, .*units: 4/],
  ["other weights", { weight: 3 }, /the weights to be the same/],
  [
    "another version",
    { about: "chainrule 9" },
    /versions to be the same.* got chainrule 9 on rank 2, threads/,
  ],
  [
    "other options",
    { options: { epochs: 3 } },
    /`epochs` to be the same on every rank, but got 3 on rank 2, 2 on rank 0/,
  ],
  ["fewer rows", { rows: 24 }, /the steps of an epoch to be the same.* got 3 on rank 2, 5 on rank 0/],
])("refuses %s on one rank before the first step, on all", async (_, odd, message) => {
  const errors = await errorsOf(4, {}, onRank(2, odd));
  for (const error of errors) expect(error).toMatch(message);
  expect(new Set(errors).size).toBe(1);
});

it("ends all ranks by the error of one", async () => {
  const [first, second, third] = await errorsOf(3, { options: { shards: 6 } }, onRank(1, { fault: "throw" }));
  expect(second).toMatch(/the disk is full/);
  for (const error of [first, third])
    expect(error).toMatch(/rank 1 has ended the job: Error: the disk is full/);
});

it("ends all ranks after the same step where one is aborted", async () => {
  const [first, second] = await errorsOf(2, {}, onRank(1, { fault: "abort" }));
  expect(first).toMatch(/AbortError: Another process/);
  expect(second).toMatch(/AbortError/);
});

it("stops all ranks where a callback of one stops", async () => {
  const answers = await together(2, {}, onRank(1, { fault: "stop" }));
  for (const answer of answers) expect(answer).toMatchObject({ outcome: { seen: [8, 16, 24] } });
});

it("needs shards that the processes can share evenly", async () => {
  for (const error of await errorsOf(3, { options: { shards: 4 } })) {
    expect(error).toMatch(/`shards` to be a multiple of the 3 processes, but got 4. Try 6/);
  }
});

it("trains in a number of processes that does not divide 4", async () => {
  const [first, second, third] = await together(3, {});
  expect(first).toEqual(second);
  expect(second).toEqual(third);
});

it("lets one rank run the model by itself after a step", async () => {
  const [quiet] = await together(2, {});
  const [first, second] = await together(2, {}, onRank(0, { fault: "trace" }));
  expect(first).toEqual(quiet);
  expect(second).toEqual(quiet);
});
