import {
  type Batch,
  Dense,
  type FitOptions,
  GradientDescent,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { cut } from "./support/models.js";
import { Recorder } from "./support/recorder.js";

/** Row r is [r, 1], to be mapped to a number that changes from row to row. */
function numbered(rows: number): Batch {
  const x = Matrix.zeros(rows, 2).map((_, r, c) => (c === 0 ? r : 1));
  return { x, y: Matrix.zeros(rows, 1).map((_, r) => r % 5) };
}

const data = numbered(20);
const inOrder = Array.from({ length: 20 }, (_, r) => r);
const ascending = (rows: readonly number[]) => [...rows].sort((a, b) => a - b);

/** What each forward pass of a training sees. */
async function seen(batch: Batch, options: FitOptions, seed = 1): Promise<number[][]> {
  const recorder = new Recorder();
  const model = new Sequential([recorder, new Dense({ units: 1 })], { input: [2], seed });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 1e-5 }) });
  await model.fit(batch, options);
  return recorder.seen;
}

describe("batchSize", () => {
  it.each([
    [1, Array.from({ length: 20 }, () => 1)],
    [7, [7, 7, 6]],
    [20, [20]],
    [Number.MAX_SAFE_INTEGER, [20]],
    ["full", [20]],
    [undefined, [20]],
  ] as const)("%s cuts 20 rows into %j", async (batchSize, sizes) => {
    const passes = await seen(data, batchSize === undefined ? {} : { batchSize });
    expect(passes.map((rows) => rows.length)).toEqual(sizes);
    expect(ascending(passes.flat())).toEqual(inOrder);
  });

  it("is 32 by default", async () => {
    expect((await seen(numbered(70), {})).map((rows) => rows.length)).toEqual([32, 32, 6]);
  });

  it('"full" goes through the rows in their order, a bounded number at a time', async () => {
    const passes = await seen(numbered(1100), { batchSize: "full", epochs: 2 });
    expect(passes.map((rows) => rows.length)).toEqual([512, 512, 76, 512, 512, 76]);
    expect(passes.slice(0, 3).flat()).toEqual(Array.from({ length: 1100 }, (_, r) => r));
  });
});

describe("shuffling", () => {
  const epochs = async (options: FitOptions, seed?: number) => {
    const rows = (await seen(data, { epochs: 3, batchSize: 6, ...options }, seed)).flat();
    return [rows.slice(0, 20), rows.slice(20, 40), rows.slice(40)];
  };

  it("brings every row once an epoch, in a new order each time", async () => {
    const orders = await epochs({});
    for (const order of orders) expect(ascending(order)).toEqual(inOrder);
    expect(new Set([inOrder, ...orders].map(String)).size).toBe(4);
  });

  it("depends on the seed and not on the size of the batches", async () => {
    expect(await epochs({})).toEqual(await epochs({}));
    expect(await epochs({})).not.toEqual(await epochs({}, 2));
    expect((await epochs({ batchSize: 3 }))[0]).toEqual((await epochs({ batchSize: 11 }))[0]);
  });

  it("can be left out", async () => {
    expect(await epochs({ shuffle: false })).toEqual([inOrder, inOrder, inOrder]);
  });
});

it("stepsPerEpoch cuts an epoch of shuffled rows short", async () => {
  const passes = await seen(data, { epochs: 2, batchSize: 6, stepsPerEpoch: 2 });
  expect(passes.map((rows) => rows.length)).toEqual([6, 6, 6, 6]);
  expect(new Set(passes.slice(0, 2).flat()).size).toBe(12);
  expect(passes[0]).not.toEqual(passes[2]);
});

it("GradientDescent takes one step an epoch, on all rows, whatever they come in", async () => {
  for (const source of [data, cut(data, 3)]) {
    const optimizer = new GradientDescent({ learningRate: 1e-4 });
    const model = new Sequential([new Dense({ units: 1 })], { input: [2] });
    model.compile({ loss: meanSquaredError(), optimizer });
    const batches: (number | undefined)[] = [];
    await model.fit(source, {
      epochs: 5,
      callbacks: [{ onBatchEnd: (event) => void batches.push(event.batches) }],
    });
    expect(optimizer.steps).toBe(5);
    expect(batches).toEqual([1, 1, 1, 1, 1]);
  }
});
