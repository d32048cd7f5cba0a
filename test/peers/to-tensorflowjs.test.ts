import * as c from "chainrule";
import { type Layer, meanSquaredError, Sequential, SGD, type Shape } from "chainrule";
import { toTensorFlowJs } from "chainrule/keras";
import { describe, expect, it } from "vitest";
import { largestDifference } from "../keras/fixtures.js";
import { normalRows, shuffle } from "./support.js";
import { core, loadThere, predictThere } from "./tensorflowjs.js";

const CLOSE = 1e-5;

const layers: readonly (() => Layer)[] = [
  () => new c.Dense({ units: 3 }),
  () => new c.Dense({ units: 3, useBias: false, weightInitializer: c.heUniform() }),
  () => new c.BatchNorm(),
  () => new c.BatchNorm({ momentum: 0.3, epsilon: 0.01, affine: false }),
  () => new c.LayerNorm(),
  () => new c.LayerNorm({ epsilon: 0.1, affine: false }),
  () => new c.PReLU(),
  () => new c.PReLU({ perUnit: true, initialSlope: 0.1 }),
  () => new c.Identity(),
  () => new c.ReLU(),
  () => new c.ReLU6(),
  () => new c.SELU(),
  () => new c.ELU(),
  () => new c.GELU(),
  () => new c.Sigmoid(),
  () => new c.Tanh(),
  () => new c.SiLU(),
  () => new c.Mish(),
  () => new c.Softsign(),
  () => new c.Softplus(),
  () => new c.Softmax(),
  () => new c.LogSoftmax(),
  () => new c.LeakyReLU(),
  () => new c.LeakyReLU({ negativeSlope: 0.4 }),
  () => new c.Threshold({ threshold: 0.3 }),
  () => new c.HardTanh({ min: 0, max: 1.5 }),
  () => new c.Dropout({ rate: 0.3 }),
  () => new c.GaussianDropout({ rate: 0.3 }),
  () => new c.AlphaDropout({ rate: 0.3 }),
  () => new c.GaussianNoise({ standardDeviation: 0.3 }),
  () => new c.Flatten(),
  () => new c.Reshape({ shape: [2, 2, 3] }),
];

describe.each<Shape>([[12], [3, 4]])("TensorFlow.js predicts what we predict, rows of %j", (...shape) => {
  it.each(layers.map((make) => [String(make()), make] as const))("%s", async (_, make) => {
    const model = new Sequential([make()], { input: shape });
    shuffle(model);
    const { modelJson, weights } = toTensorFlowJs(model);
    const x = normalRows(9, 12);
    const theirs = predictThere(await loadThere(modelJson, weights), x, shape);
    expect(largestDifference(theirs, model.predict(x).toArray())).toBeLessThan(CLOSE);
  });
});

it("looks up the same rows of an Embedding", async () => {
  const layers = [
    new c.Embedding({ inputDim: 5, outputDim: 3 }),
    new c.BatchNorm(),
    new c.Dense({ units: 2 }),
  ];
  const model = new Sequential(layers, { input: [4] });
  shuffle(model);
  const { modelJson, weights } = toTensorFlowJs(model);
  const x = c.Matrix.zeros(6, 4).map((_, r, col) => (r * col) % 5);
  const theirs = predictThere(await loadThere(modelJson, weights), x);
  expect(largestDifference(theirs, model.predict(x).toArray())).toBeLessThan(CLOSE);
});

it("goes on training there to the same weights", async () => {
  const kept = c.maxNorm({ max: 1 });
  const model = new Sequential(
    [
      new c.Dense({
        units: 6,
        weightRegularizer: c.l1l2({ l1: 0.01, l2: 0.03 }),
        weightConstraint: kept,
      }),
      new c.LayerNorm(),
      new Sequential([new c.PReLU({ perUnit: true }), new c.Dense({ units: 4 })]),
      new c.BatchNorm(),
      new c.Dense({ units: 2 }),
    ],
    { input: [5] },
  );
  shuffle(model);
  kept(model.parameters[0].value); // TensorFlow.js does so when it loads
  model.layers[4].parameters[0].trainable = false;
  model.layers[4].parameters[1].trainable = false;
  const [x, y] = [normalRows(8, 5, 1), normalRows(8, 2, 2)];
  const { modelJson, weights } = toTensorFlowJs(model);
  const there = await loadThere(modelJson, weights);
  there.compile({ optimizer: core.train.sgd(0.1), loss: "meanSquaredError" });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
  for (let step = 0; step < 5; step++) {
    const loss = await there.trainOnBatch(core.tensor2d(x.toArray()), core.tensor2d(y.toArray()));
    expect(Math.abs(model.trainBatch(x, y) - loss)).toBeLessThan(CLOSE);
  }
  const theirs = there.weights.map(
    ({ originalName }, i) => [originalName, there.getWeights()[i].dataSync()] as const,
  );
  const ours = toTensorFlowJs(model);
  let at = 0;
  for (const { name, shape } of ours.modelJson.weightsManifest[0].weights) {
    const size = shape.reduce((product, side) => product * side, 1);
    const mine = new Float32Array(ours.weights.buffer, at, size);
    at += 4 * size;
    const found = theirs.find(([one]) => one === name)?.[1] ?? [];
    // Theirs divides a batch's variance by n, ours the running one by n − 1.
    const limit = name.endsWith("moving_variance") ? Number.POSITIVE_INFINITY : CLOSE;
    expect(largestDifference([[...found]], [[...mine]]), name).toBeLessThanOrEqual(limit);
  }
});
