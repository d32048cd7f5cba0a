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
