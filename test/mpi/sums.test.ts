import { expect, it } from "vitest";
import { job, onEach, resultsOf } from "./support/job.js";

interface Result {
  readonly rank: number;
  readonly size: number;
  readonly about?: string;
  readonly wrong: readonly string[];
  readonly refused: readonly string[];
}

const refusals = (size: number) => [
  "allReduceSum expects numbers that are there, but got a view of a memory that has grown since. Take the view anew.",
  "allReduceSum expects a Float32Array or a Float64Array, but got an array of 3.",
  "allReduceSum expects a Float32Array or a Float64Array, but got a Int32Array.",
  `broadcast expects \`root\` to be a rank from 0 to ${size - 1}, but got ${size}.`,
];

onEach("%s", (flavour) => {
  it.each([1, 2, 4])("sums and sends on every kind of memory, on %i ranks", async (size) => {
    const ended = await job(flavour, size, "sums.mjs");
    const results = resultsOf<Result>(ended);
    expect(ended.code).toBe(0);
    expect(results.map(({ rank }) => rank).sort()).toEqual(Array.from({ length: size }, (_, rank) => rank));
    for (const result of results) {
      expect(result).toMatchObject({ size, wrong: [], refused: refusals(size) });
      expect(result.about).toMatch(/^chainrule \d.* Node v\d.* (Open MPI|MPICH) \d/);
    }
    expect(new Set(results.map(({ about }) => about)).size).toBe(1);
  });
});

it("is one process without a launcher", async () => {
  const ended = await job("alone", 1, "sums.mjs");
  expect(ended.code).toBe(0);
  expect(resultsOf<Result>(ended)).toMatchObject([{ rank: 0, size: 1, wrong: [], refused: refusals(1) }]);
});
