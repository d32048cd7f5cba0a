import { join } from "node:path";
import {
  Adam,
  Dense,
  earlyStopping,
  meanSquaredError,
  type Optimizer,
  ReLU,
  ScheduleFree,
  Sequential,
  SGD,
  type Weights,
} from "chainrule";
import { checkpoint, loadModel } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../node/support/interrupted.js";
import { bits, blobs } from "./support/models.js";

const { x } = blobs(40);
const data = { x, y: x.sum("rows") };
const make = (optimizer: Optimizer) =>
  new Sequential([new Dense({ units: 5 }), new ReLU(), new Dense({ units: 1 })], {
    input: [4],
    seed: 3,
  }).compile({ loss: meanSquaredError(), optimizer });
const shifted = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, w.map((v) => v + 1)]));
const options = { epochs: 4, batchSize: 8, validation: data };

const optimizers = [
  ["a moving average", () => new Adam({ learningRate: 0.01, average: 0.95 })],
  ["ScheduleFree", () => new ScheduleFree({ learningRate: 0.05 })],
  ["ScheduleFree by SGD", () => new ScheduleFree({ learningRate: 0.05, method: "SGD" })],
] as const;

describe.each(optimizers)("%s", (_, optimizer) => {
  it("is what the files of a training load as, the best of them what was validated", async () => {
    const folder = emptyFolder();
    const model = make(optimizer());
    const callbacks = [checkpoint(folder, { best: "validationLoss", keep: 9 })];
    const { validationLoss } = await model.fit(data, { ...options, callbacks });
    const lossOf = async (name: string) => {
      const loaded = await loadModel(join(folder, name));
      loaded.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 1 }) });
      return (await loaded.evaluate(data)).loss;
    };
    expect(await lossOf("best.safetensors")).toBe(Math.min(...(validationLoss as number[])));
    for (const [epoch, loss] of (validationLoss as number[]).entries()) {
      expect(await lossOf(`step-${String(5 * (epoch + 1)).padStart(9, "0")}.safetensors`)).toBe(loss);
    }
  });

  /** Steps that go next to nowhere leave the weights, and their averages, where they are now. */
  const expectToStay = (model: Sequential, optimizer: Optimizer) => {
    const here = bits(model);
    optimizer.learningRate = 1e-9;
    for (const look of [() => {}, () => model.useAverages()]) {
      model.trainBatch(data.x, data.y);
      look();
      for (const [i, w] of bits(model).entries()) expect(w).toBeCloseTo(here[i], 5);
    }
  };

  it("begins anew from weights that are set", async () => {
    const tuned = optimizer();
    const model = make(tuned);
    await model.fit(data, options);
    model.setWeights(shifted(model.getWeights()));
    expectToStay(model, tuned);
    tuned.learningRate = 0.05;
    model.trainBatch(data.x, data.y);
    model.setWeights(shifted(model.getWeights()));
    expectToStay(model, tuned);
  });

  it("begins anew from the weights that early stopping gave back", async () => {
    const tuned = optimizer();
    const model = make(tuned);
    const callbacks = [earlyStopping({ patience: 3, minDelta: 100 })];
    await model.fit(data, { ...options, epochs: 9, callbacks });
    expectToStay(model, tuned);
  });

  it("begins anew where another optimizer has trained between", async () => {
    const [first, second] = [optimizer(), new SGD({ learningRate: 0.05 })];
    const model = make(first);
    await model.fit(data, options);
    const loss = meanSquaredError();
    const seen = bits(model);
    model.compile({ loss, optimizer: second });
    expect(bits(model)).toEqual(seen);
    await model.fit(data, { epochs: 20, batchSize: 8 });
    model.compile({ loss, optimizer: first });
    expectToStay(model, first);
  });
});

it("follows parameters that are frozen on the way", async () => {
  const model = make(new SGD({ learningRate: 0.05, average: 0.5 }));
  await model.fit(data, options);
  const { optimizer } = model;
  optimizer?.useWeights(model.parameters);
  const frozen = model.parameters[0].value.copy();
  model.parameters[0].trainable = false;
  await model.fit(data, { ...options, epochs: 12 });
  for (const [i, w] of frozen.data.entries()) expect(model.parameters[0].value.data[i]).toBeCloseTo(w, 6);
});
