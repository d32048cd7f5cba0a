import {
  Dense,
  l1,
  l1l2,
  l2,
  type Matrix,
  meanSquaredError,
  type Regularizer,
  ReLU,
  Sequential,
  SGD,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { relativeError } from "../support/numbers.js";
import { bits, blobs, cut } from "./support/models.js";

const { x, y } = blobs(20, "float64");
const data = { x, y };

function make(weightRegularizer?: Regularizer) {
  const regularized = weightRegularizer === undefined ? {} : { weightRegularizer };
  const layers = [new Dense({ units: 3, ...regularized }), new ReLU(), new Dense({ units: 1 })];
  return new Sequential(layers, { input: [4], seed: 4, dtype: "float64" }).compile({
    loss: meanSquaredError(),
    optimizer: new SGD({ learningRate: 0.1 }),
  });
}

const weightOf = (model: Sequential) => model.getWeights()["0.weight"];
const squares = (w: Matrix) => w.mul(w).sum();
const absolutes = (w: Matrix) => w.map(Math.abs).sum();

describe.each([
  [
    "l1",
    l1({ lambda: 0.3 }),
    (w: Matrix) => 0.3 * absolutes(w),
    (w: Matrix) => w.map((v) => 0.3 * Math.sign(v)),
  ],
  ["l2", l2({ lambda: 0.2 }), (w: Matrix) => 0.2 * squares(w), (w: Matrix) => w.mul(0.4)],
  [
    "l1l2",
    l1l2({ l1: 0.1, l2: 0.2 }),
    (w: Matrix) => 0.1 * absolutes(w) + 0.2 * squares(w),
    (w: Matrix) => w.map((v) => 0.1 * Math.sign(v) + 0.4 * v),
  ],
])("a penalty %s", (_, regularizer, penalty, derivative) => {
  it("is added once to what trainBatch, evaluate and fit report", async () => {
    const [plain, model] = [make(), make(regularizer)];
    const { loss } = await plain.evaluate(data);
    const expected = loss + penalty(weightOf(model));
    expect((await model.evaluate(data)).loss).toBeCloseTo(expected, 12);
    expect((await model.evaluate(data, { batchSize: 3 })).loss).toBeCloseTo(expected, 12);
    expect((await model.evaluate(cut(data, 6))).loss).toBeCloseTo(expected, 12);
    expect(make(regularizer).trainBatch(x, y)).toBeCloseTo(expected, 12);
    for (const batchSize of ["full", 20] as const) {
      expect((await make(regularizer).fit(data, { batchSize })).loss[0]).toBeCloseTo(expected, 12);
    }
    const validated = await model.fit(data, { validation: data });
    expect(validated.validationLoss?.[0]).toBeCloseTo((await model.evaluate(data)).loss, 12);
  });

  it("moves its weight by its derivative, once a step, and nothing else", async () => {
    const [plain, model] = [make(), make(regularizer)];
    const before = weightOf(model);
    plain.trainBatch(x, y);
    await model.fit(cut(data, 6), { batchSize: "full" });
    const expected = weightOf(plain).sub(derivative(before).mul(0.1));
    expect(relativeError(weightOf(model).data, expected.data)).toBeLessThan(1e-13);
    expect(relativeError(bits(model).slice(12), bits(plain).slice(12))).toBeLessThan(1e-13);
  });
});

it("the loss of an epoch is the mean of what its steps reported", async () => {
  const [fitted, stepped] = [make(l2()), make(l2())];
  const { loss } = await fitted.fit(data, { batchSize: 8, shuffle: false }); // 8, 8 and 4 rows
  const reported = cut(data, 8).map((batch) => stepped.trainBatch(batch.x, batch.y) * batch.x.rows);
  expect(loss[0]).toBeCloseTo((reported[0] + reported[1] + reported[2]) / 20, 12);
});

it("a penalty that is not finite stops the step before it changes anything", () => {
  const model = make(() => Number.NaN);
  const before = bits(model);
  expect(() => model.trainBatch(x, y)).toThrow("Training expects a finite penalty on 0.weight, but got NaN.");
  expect(bits(model)).toEqual(before);
  expect(model.context.position).toEqual({ step: 0, example: 0 });
});
