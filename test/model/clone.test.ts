import {
  Adam,
  Dense,
  Flatten,
  heNormal,
  l2,
  type Matrix,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const data = blobs();
const training = () => ({ loss: softmaxCrossEntropy(), optimizer: new Adam() });

describe("clone", () => {
  it("has the same weights, and what is frozen stays frozen", () => {
    const { model } = classifier();
    model.trainBatch(data.x, data.y);
    model.parameters[1].trainable = false;
    const copy = model.clone();
    expect(bits(copy)).toEqual(bits(model));
    expect(copy.predict(data.x)).toEqual(model.predict(data.x));
    expect(copy.parameters.map(({ trainable }) => trainable)).toEqual([true, false, true, true]);
    expect(copy.toJSON()).toEqual(model.toJSON());
  });

  it("is independent, both ways", () => {
    const { model } = classifier();
    const copy = model.clone().compile(training());
    const before = bits(model);
    copy.trainBatch(data.x, data.y);
    expect(bits(model)).toEqual(before);
    const copied = bits(copy);
    model.trainBatch(data.x, data.y);
    expect(bits(copy)).toEqual(copied);
    expect(copied).not.toEqual(before);
    for (const layer of copy.layers) expect(model.layers).not.toContain(layer);
  });

  it("is not compiled, and trains like a new model with those weights", async () => {
    const { model } = classifier();
    const copy = model.clone();
    await expect(copy.fit(data)).rejects.toThrow(/^fit expects a compiled model/);
    const fresh = classifier().model.compile(training());
    expect(await copy.compile(training()).fit(data)).toEqual(await fresh.fit(data));
  });

  it("keeps options, nested models and penalties", () => {
    const dense = new Dense({
      units: 3,
      weightInitializer: heNormal(),
      weightRegularizer: l2({ lambda: 0.5 }),
    });
    const trained = new Sequential([dense, new ReLU()], { input: [4], seed: 3 }).compile(training());
    trained.trainBatch(data.x, data.y);
    const model = new Sequential([new Flatten(), new Sequential([trained]), new Dense({ units: 3 })], {
      input: [2, 2],
    });
    const copy = model.clone();
    expect(copy.summary()).toBe(model.summary());
    expect(copy.toJSON()).toEqual(model.toJSON());
    expect(bits(copy)).toEqual(bits(model));
    const losses = [model, copy].map((one) => one.compile(training()).trainBatch(data.x, data.y));
    expect(losses[0]).toBe(losses[1]);
  });

  it("of a model that is not built is not built, but for nested ones with weights", () => {
    const inner = new Sequential([new Dense({ units: 3 })], { input: [4], seed: 3 }).compile(training());
    inner.trainBatch(data.x, data.y);
    const before = bits(inner);
    const copy = new Sequential([inner, new Dense({ units: 2 })]).clone();
    expect(copy.isBuilt).toBe(false);
    copy.predict(data.x);
    expect(bits(copy).slice(0, 15)).toEqual(before);
    expect(bits(inner)).toEqual(before);
  });

  it("of a part of a model is a model of its own", () => {
    const inner = new Sequential([new Dense({ units: 3 })]);
    new Sequential([inner, new Dense({ units: 2 })], { input: [4], dtype: "float64", seed: 4 });
    const copy = inner.clone();
    expect(bits(copy)).toEqual(bits(inner));
    expect(copy.parameters.map(({ name, value }) => `${name} ${value.dtype}`)).toEqual([
      "0.weight float64",
      "0.bias float64",
    ]);
    copy.compile(training()).trainBatch(data.x.as("float64"), data.y.as("float64"));
    expect(bits(copy)).not.toEqual(bits(inner));
  });

  it("can be taken while the model trains: it has the last complete step", async () => {
    const { model } = classifier();
    const copies: Matrix[] = [];
    const onBatchEnd = () => void copies.push(model.clone().predict(data.x));
    await model.fit(data, { batchSize: 8, callbacks: [{ onBatchEnd }] });
    expect(copies[2]).toEqual(model.predict(data.x));
    expect(copies[1]).not.toEqual(copies[2]);
  });
});
