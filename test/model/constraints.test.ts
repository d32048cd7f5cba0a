import {
  Adam,
  Dense,
  Embedding,
  Matrix,
  maxNorm,
  meanSquaredError,
  modelFromBytes,
  modelToBytes,
  nonNegative,
  ScheduleFree,
  Sequential,
  unitNorm,
} from "chainrule";
import { expect, it } from "vitest";
import { blobs } from "./support/models.js";

const { x } = blobs(32);
const y = Matrix.full(32, 3, 5);
const make = () =>
  new Sequential(
    [
      new Dense({ units: 8, weightConstraint: unitNorm() }),
      new Dense({ units: 6, weightConstraint: nonNegative() }),
      new Dense({ units: 3, weightConstraint: maxNorm({ max: 0.5 }) }),
    ],
    { input: [4], seed: 2 },
  );
const compiled = (model: Sequential) =>
  model.compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.05 }) });
const norms = (w: Matrix) =>
  Array.from({ length: w.cols }, (_, c) => Math.hypot(...w.toArray().map((row) => row[c])));

it("holds after every step, whatever the optimizer did", async () => {
  const model = compiled(make());
  for (let i = 0; i < 5; i++) {
    await model.fit({ x, y }, { epochs: 1, batchSize: 8 });
    const { "0.weight": unit, "1.weight": positive, "2.weight": short } = model.getWeights();
    for (const norm of norms(unit)) expect(norm).toBeCloseTo(1, 5);
    expect(positive.data.every((w) => w >= 0)).toBe(true);
    for (const norm of norms(short)) expect(norm).toBeLessThanOrEqual(0.5 + 1e-6);
  }
});

it.each([
  ["a moving average", () => new Adam({ learningRate: 0.05, average: 0.8 })],
  ["ScheduleFree", () => new ScheduleFree({ learningRate: 0.05 })],
  ["ScheduleFree by SGD", () => new ScheduleFree({ learningRate: 0.1, method: "SGD" })],
] as const)(
  "holds for averages that are validated and kept, and for the weights: %s",
  async (_, optimizer) => {
    const model = make().compile({ loss: meanSquaredError(), optimizer: optimizer() });
    for (let i = 0; i < 4; i++) {
      await model.fit({ x, y }, { epochs: 1, batchSize: 8 });
      for (const look of [() => {}, () => model.optimizer?.useWeights(model.parameters)]) {
        look();
        const { "0.weight": unit, "1.weight": positive, "2.weight": short } = model.getWeights();
        for (const norm of norms(unit)) expect(norm).toBeCloseTo(1, 5);
        expect(positive.data.every((w) => w >= 0)).toBe(true);
        for (const norm of norms(short)) expect(norm).toBeLessThanOrEqual(0.5 + 1e-6);
      }
    }
  },
);

it("brings the z of ScheduleFree back, so that it does not run away from its mean", () => {
  const model = new Sequential([new Dense({ units: 1, weightConstraint: nonNegative() })], {
    input: [4],
    seed: 2,
  });
  const optimizer = new ScheduleFree({ learningRate: 0.05, method: "SGD" });
  model.compile({ loss: meanSquaredError(), optimizer });
  for (let i = 0; i < 30; i++) model.trainBatch(x, Matrix.full(32, 1, -5));
  const [weight] = model.parameters;
  expect(optimizer.slot(weight, "z").data.every((w) => w >= 0)).toBe(true);
});

it("leaves frozen weights as they are", () => {
  const model = compiled(make());
  model.parameters[0].trainable = false;
  const before = model.parameters[0].value.copy();
  model.trainBatch(x, y);
  expect(model.parameters[0].value.data).toEqual(before.data);
});

it("comes back from a file", () => {
  const again = modelFromBytes(modelToBytes(make()));
  expect(String(again)).toBe(String(make()));
  const [one, two] = [compiled(make()), compiled(again)];
  expect(one.trainBatch(x, y)).toBe(two.trainBatch(x, y));
  expect(one.getWeights()).toEqual(two.getWeights());
});

it("holds for embeddings too", () => {
  const model = compiled(
    new Sequential(
      [
        new Embedding({ inputDim: 3, outputDim: 2, weightConstraint: maxNorm({ max: 1 }) }),
        new Dense({ units: 1 }),
      ],
      {
        input: [2],
      },
    ),
  );
  model.trainBatch(Matrix.from([[0, 2]]), Matrix.from([[100]]));
  for (const norm of norms(model.getWeights()["0.weight"])) expect(norm).toBeLessThanOrEqual(1 + 1e-6);
});
