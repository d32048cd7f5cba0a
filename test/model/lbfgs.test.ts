import {
  Dense,
  Dropout,
  LBFGS,
  l2,
  Matrix,
  meanSquaredError,
  nonNegative,
  Sequential,
  softmaxCrossEntropy,
  Tanh,
} from "chainrule";
import { expect, it } from "vitest";
import { blobs, cut } from "./support/models.js";

const x = Matrix.zeros(700, 3).map((_, r, c) => Math.sin(r * (c + 1)));
const y = x
  .map((v) => v)
  .sum("rows")
  .map((v) => 2 * v - 1);
const linear = () =>
  new Sequential([new Dense({ units: 1 })], { input: [3], seed: 1, dtype: "float32" }).compile({
    loss: meanSquaredError(),
    optimizer: new LBFGS(),
  });

it("fits a line in a few steps, in pieces of 512 rows", async () => {
  const { loss } = await linear().fit({ x, y }, { epochs: 12 });
  expect(loss[11]).toBeLessThan(1e-9);
});

it("is the same by trainBatch, up to how sums are cut", () => {
  const model = linear();
  const rows = { x: x.slice(0, 300), y: y.slice(0, 300) };
  let last = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 12; i++) last = model.trainBatch(rows.x, rows.y);
  expect(last).toBeLessThan(1e-9);
});

it("goes down at every step, with dropout and penalties, whose masks stay within a step", async () => {
  const data = blobs(60);
  const model = new Sequential(
    [
      new Dense({ units: 12, weightRegularizer: l2({ lambda: 1e-3 }) }),
      new Tanh(),
      new Dropout({ rate: 0 }),
      new Dense({ units: 3 }),
    ],
    { input: [4], seed: 2 },
  ).compile({ loss: softmaxCrossEntropy(), optimizer: new LBFGS({ weightDecay: 1e-4 }) });
  const { loss } = await model.fit(data, { epochs: 25 });
  for (let i = 1; i < loss.length; i++) expect(loss[i]).toBeLessThanOrEqual(loss[i - 1] + 1e-5);
  expect(loss[24]).toBeLessThan(0.5 * loss[0]);
});

it("refuses a stream, which cannot be gone through within a step, and leaves the weights", async () => {
  const model = linear();
  const before = model.getWeights();
  await expect(model.fit(cut({ x, y }, 100), { epochs: 1 })).rejects.toThrow(
    "fit expects data in memory for an optimizer with a line search, but got a dataset. Give fit matrices; or an optimizer that looks at one point.",
  );
  expect(model.getWeights()).toEqual(before);
});

it.each(["strongWolfe", "none"] as const)(
  "refuses constraints, and changes nothing: %s",
  async (lineSearch) => {
    const layers = [new Dense({ units: 2 }), new Dense({ units: 1, weightConstraint: nonNegative() })];
    const model = new Sequential(layers, { input: [3], seed: 1 }).compile({
      loss: meanSquaredError(),
      optimizer: new LBFGS({ lineSearch, ...(lineSearch === "none" && { accumulate: 2 }) }),
    });
    const before = model.getWeights();
    await expect(model.fit({ x, y }, { epochs: 1 })).rejects.toThrow(
      `LBFGS expects weights without constraints, but got one on "1.weight". Take another optimizer, or a regularizer in the constraint's place.`,
    );
    expect(model.getWeights()).toEqual(before);
    expect(model.optimizer?.slotNames(model.parameters[0])).toEqual([]);
    model.parameters[2].trainable = false;
    await model.fit({ x, y }, { epochs: 1 });
  },
);
