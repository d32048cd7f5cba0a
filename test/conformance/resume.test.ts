import {
  Dense,
  type Layer,
  Matrix,
  meanSquaredError,
  type Optimizer,
  Random,
  Sequential,
  SGD,
  sizeOf,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { inPieces, straight } from "../node/support/interrupted.js";
import { exampleOf, inputsFor, make } from "../support/layer-laws.js";
import { makeOptimizer } from "../support/optimizer-laws.js";
import { layerClasses, optimizerClasses } from "../support/subjects.js";

const rows = 14;
const random = Random.fromSeed(4);
const numbers = (cols: number) => Matrix.zeros(rows, cols).map((_, r, c) => random.normal(c, r));

async function expectSameBits(
  layers: () => Layer[],
  input: number[],
  optimizer: () => Optimizer,
  batches = {},
  x = numbers(sizeOf(input)),
) {
  const data = { x, y: numbers(1) };
  const scenario = {
    model: () =>
      new Sequential(layers(), { input, seed: 2 }).compile({
        loss: meanSquaredError(),
        optimizer: optimizer(),
      }),
    data: () => data,
    options: () => ({ epochs: 3, batchSize: 5, ...batches }) as const,
  };
  const { crashes, ...ended } = await inPieces(scenario, 2);
  expect(ended).toEqual(await straight(scenario));
  expect(crashes).toBeGreaterThan(0);
  expect(ended.weights.every(Number.isFinite)).toBe(true);
}

describe.each(layerClasses.map((Class) => [Class.type, Class] as const))("%s", (_, Class) => {
  it("goes on from a checkpoint to the same bits", async () => {
    const { input, indices } = exampleOf(Class);
    const layers = () => [make(Class), new Dense({ units: 1 })];
    const x = indices === undefined ? undefined : inputsFor(Class, rows, "float32");
    await expectSameBits(layers, [...input], () => new SGD({ learningRate: 0.01, momentum: 0.9 }), {}, x);
  });
});

describe.each(optimizerClasses.map((Class) => [Class.type, Class] as const))("%s", (_, Class) => {
  it("goes on from a checkpoint to the same bits", async () => {
    const optimizer = () => makeOptimizer(Class);
    const whole = optimizer().batches === "full";
    const layers = () => [new Dense({ units: 3 }), new Dense({ units: 1 })];
    await expectSameBits(layers, [4], optimizer, whole ? { batchSize: "full", epochs: 6 } : {});
  });
});
