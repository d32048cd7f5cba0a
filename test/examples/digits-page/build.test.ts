import { expect, it } from "vitest";
import { build } from "../../../examples/digits-page/learn/training/build.js";
import * as choices from "../../../examples/digits-page/learn/training/choices.js";
import type { Settings } from "../../../examples/digits-page/learn/training/settings.js";
import { readable } from "../../../examples/digits-page/think/step/readable.js";
import { stepOf } from "../../../examples/digits-page/think/step/step.js";
import { modelFromBytes, modelToBytes } from "../../../src/io/model-file.js";
import { Matrix } from "../../../src/matrix.js";

const settings: Settings = {
  ...{ hidden: [6], activation: "ReLU", loss: "crossEntropy", optimizer: "SGD" },
  ...{ learningRate: 0.1, descent: "mini-batch", batchSize: 2, seed: 1 },
};
const part = <Key extends keyof Settings>(key: Key, all: readonly choices.Choice<Settings[Key]>[]) =>
  all.map(({ value }): Settings => ({ ...settings, [key]: value }));

const every = [
  ...part("activation", choices.activations),
  ...part("loss", choices.losses),
  ...part("optimizer", choices.optimizers),
  ...[[], [4, 4, 4, 4]].map((hidden): Settings => ({ ...settings, hidden })),
];

it.each(every)("learns, and can be shown: $hidden, $activation, $loss, $optimizer", (one) => {
  const learningRate = choices.suggestedRate(one);
  const { model, loss, targets, probabilities } = build({ ...one, learningRate }, 784, 10, 1);
  const x = Matrix.zeros(2, 784).map((_, r, c) => ((r + 1) * c) / 5000);
  const y = targets([7, 1]);
  const before = loss.mean(model.predict(x), y);
  for (let i = 0; i < 20; i++) model.trainBatch(x, y);
  expect(loss.mean(model.predict(x), y)).toBeLessThan(before);
  for (const sum of probabilities(model.predict(x)).sum("rows").data) expect(sum).toBeCloseTo(1, 5);
  const shown = readable(modelFromBytes(modelToBytes(model)));
  const step = stepOf(shown, Float32Array.from(x.row(0).data), 7);
  expect(step.stages).toHaveLength(one.hidden.length + 1);
  expect(step.probabilities).toEqual(probabilities(model.predict(x.row(0))).data);
});

it.each(choices.losses)("has one output for two classes: $label", ({ value }) => {
  const { model, loss, targets, optimizer } = build({ ...settings, loss: value }, 2, 1, 1);
  const x = Matrix.from([
    [0, 1],
    [1, 0],
  ]);
  const before = loss.mean(model.predict(x), targets([0, 1]));
  optimizer.learningRate = 0.5;
  for (let i = 0; i < 50; i++) model.trainBatch(x, targets([0, 1]));
  expect(loss.mean(model.predict(x), targets([0, 1]))).toBeLessThan(before);
});

it("takes another learning rate with another method, unless one was chosen", () => {
  const adam = choices.changed(settings, { optimizer: "Adam" });
  expect(adam.learningRate).toBe(choices.suggestedRate(adam));
  expect(choices.changed(adam, { descent: "stochastic" }).learningRate).toBeLessThan(adam.learningRate);
  const own = choices.changed(settings, { learningRate: 0.003 });
  expect(choices.changed(own, { optimizer: "Adam" }).learningRate).toBe(0.003);
  for (const { learningRate } of every.map((one) => choices.changed(settings, one))) {
    expect(choices.rates.map(({ value }) => value)).toContain(learningRate);
  }
});
