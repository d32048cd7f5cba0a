import {
  accuracy,
  type Batch,
  binaryCrossEntropy,
  Dense,
  type FitOptions,
  hinge,
  Matrix,
  meanSquaredError,
  oneHot,
  Sequential,
  SGD,
  Sigmoid,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { relativeError } from "../support/numbers.js";
import { bits, blobs, cut } from "./support/models.js";

const data = blobs(12, "float64");

/** Trains without dropout, in which rows do not know their places. */
async function train(batch: Batch | Batch[], options: FitOptions = {}) {
  const model = new Sequential([new Dense({ units: 3 })], { input: [4], seed: 2, dtype: "float64" }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new SGD({ learningRate: 0.5 }),
    metrics: [accuracy()],
  });
  const history = await model.fit(batch, { epochs: 3, batchSize: "full", ...options });
  return {
    history,
    numbers: bits(model),
    evaluated: Array.isArray(batch) ? undefined : await model.evaluate(batch),
  };
}

type Trained = Awaited<ReturnType<typeof train>>;
function expectSame(a: Trained, b: Trained): void {
  expect(relativeError(a.numbers, b.numbers)).toBeLessThan(1e-13);
  expect(relativeError(a.history.loss, b.history.loss)).toBeLessThan(1e-13);
  expect(relativeError(a.history.accuracy, b.history.accuracy)).toBeLessThan(1e-13);
}

const weighed = (weight: (r: number) => number): Batch => {
  return { ...data, sampleWeight: Matrix.zeros(12, 1, "float64").map((_, r) => weight(r)) };
};
const rows = (numbers: readonly number[]): Batch => ({
  x: data.x.gather(numbers),
  y: data.y.gather(numbers),
});
const all = Array.from({ length: 12 }, (_, r) => r);

describe("sampleWeight", () => {
  it("of 2 is the row twice", async () => {
    const twice = await train(rows([...all, 4, 7]));
    expectSame(await train(weighed((r) => (r === 4 || r === 7 ? 2 : 1))), twice);
  });

  it("of 0 is the row left out", async () => {
    const [weight, left] = [await train(weighed((r) => (r < 5 ? 0 : 1))), await train(rows(all.slice(5)))];
    expectSame(weight, left);
    expect(weight.evaluated?.loss).toBeCloseTo(left.evaluated?.loss as number, 13);
    expect(weight.evaluated?.accuracy).toBeCloseTo(left.evaluated?.accuracy as number, 13);
  });

  it("counts against the other weights, not by itself", async () => {
    expectSame(await train(weighed((r) => 1 + r)), await train(weighed((r) => 10 * (1 + r))));
    expectSame(await train(weighed(() => 3)), await train(data));
    const [even, uneven] = [await train(data), await train(weighed((r) => 1 + r))];
    expect(relativeError(even.numbers, uneven.numbers)).toBeGreaterThan(1e-3);
  });

  it("goes with its row through shuffles and mini-batches", async () => {
    // Of two kinds of rows one counts for nothing: whatever the order, only the other is learnt.
    const half = all.filter((r) => r % 2 === 0);
    const weight = (r: number) => (r % 2 === 0 ? 1 : 0);
    const poisoned = { ...weighed(weight), x: data.x.map((x, r) => (weight(r) === 0 ? 1e3 * x : x)) };
    const options = { batchSize: 1, epochs: 1 };
    const { numbers, history } = await train(poisoned, options);
    for (const number of numbers) expect(Math.abs(number)).toBeLessThan(10);
    expect(history.loss[0]).toBeLessThan(3);
    expect(relativeError(numbers, (await train(rows(half), options)).numbers)).toBeLessThan(0.5);
  });

  it("of 0 in a whole batch takes no step", async () => {
    const batches = cut(
      weighed((r) => (r >= 4 && r < 8 ? 0 : 1)),
      4,
    );
    const options = { epochs: 1, batchSize: 4 };
    const [some, others] = [await train(batches, options), await train([batches[0], batches[2]], options)];
    expect(some.numbers).toEqual(others.numbers);
    expect(some.history).toEqual(others.history);
  });
});

describe("classWeight", () => {
  const byClass = [1, 0.5, 4];
  const asRows = weighed((r) => byClass[data.y.at(r, 0)]);

  it.each([
    ["in a list", byClass],
    ["by index", { 1: 0.5, 2: 4 }],
  ])("%s weighs each row by its class", async (_, classWeight) => {
    expectSame(await train(data, { classWeight }), await train(asRows));
  });

  it("reads one-hot targets, streams and mini-batches too", async () => {
    const hot = { x: data.x, y: oneHot(data.y.data, 3, "float64") };
    expectSame(await train(hot, { classWeight: byClass }), await train(asRows));
    const stream = await train(cut(data, 5), { classWeight: byClass, batchSize: 4 });
    expectSame(stream, await train(cut(asRows, 4), { batchSize: 4 }));
  });

  it("multiplies the weights of the rows", async () => {
    const both = await train(
      weighed((r) => 1 + (r % 4)),
      { classWeight: byClass },
    );
    expectSame(both, await train(weighed((r) => (1 + (r % 4)) * byClass[data.y.at(r, 0)])));
  });

  it("does not touch validation", async () => {
    const { history } = await train(data, { classWeight: byClass, validation: data });
    const { evaluated } = await train(data, { classWeight: byClass });
    expect(history.validationLoss?.at(-1)).toBeCloseTo(evaluated?.loss as number, 13);
  });

  it("knows yes and no in one column", async () => {
    const y = data.y.map((t) => (t === 2 ? 1 : 0));
    const make = () =>
      new Sequential([new Dense({ units: 1 }), new Sigmoid()], { input: [4], dtype: "float64" }).compile({
        loss: binaryCrossEntropy(),
        optimizer: new SGD({ learningRate: 0.5 }),
      });
    const [one, other] = [make(), make()];
    await one.fit({ x: data.x, y }, { classWeight: { 1: 3 }, batchSize: "full" });
    await other.fit({ x: data.x, y, sampleWeight: y.mul(2).add(1) }, { batchSize: "full" });
    expect(bits(one)).toEqual(bits(other));
  });

  it("takes −1 for class 0 and 1 for class 1 where targets are signs", async () => {
    for (const columns of [1, 2]) {
      const signs = data.y.map((t) => (t === 2 ? 1 : -1));
      const y =
        columns === 1
          ? signs
          : Matrix.from(
              signs.toArray().map(([t]) => [-t, t]),
              "float64",
            );
      const make = () =>
        new Sequential([new Dense({ units: columns })], { input: [4], dtype: "float64" }).compile({
          loss: hinge(),
          optimizer: new SGD({ learningRate: 0.5 }),
        });
      const [one, other] = [make(), make()];
      await one.fit({ x: data.x, y }, { classWeight: { 0: 0.5, 1: 3 }, batchSize: "full" });
      const sampleWeight = signs.map((t) => (t === 1 ? 3 : 0.5));
      await other.fit({ x: data.x, y, sampleWeight }, { batchSize: "full" });
      expect(bits(one)).toEqual(bits(other));
    }
  });

  it.each([
    [[1, 1, 0], "[1, 1, 0] in row 1"],
    [[0, 0, 0], "[0, 0, 0] in row 1"],
    [[2.5, -1.5, 0], "[2.5, -1.5, 0] in row 1"],
  ])("refuses rows of several labels, of none, or of other numbers: %s", async (row, got) => {
    const model = new Sequential([new Dense({ units: 3 })], { input: [2] });
    model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.5 }) });
    const rows = { x: Matrix.zeros(2, 2), y: Matrix.from([[0, 1, 0], row]) };
    await expect(model.fit(rows, { classWeight: { 1: 3 } })).rejects.toThrow(
      `fit expects targets of one class each for \`classWeight\`, but got ${got}. For other targets, weigh rows by`,
    );
    await model.fit(
      {
        x: rows.x,
        y: Matrix.from([
          [0, 1, 0],
          [0.5, 0.5, 0],
        ]),
      },
      { classWeight: { 1: 3 } },
    );
  });
});
