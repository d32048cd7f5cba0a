import {
  Adam,
  Dense,
  Dropout,
  type Layer,
  Matrix,
  ReLU,
  Reshape,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  Tanh,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const data = blobs();
const training = () => ({ loss: softmaxCrossEntropy(), optimizer: new Adam({ learningRate: 0.02 }) });
const block = (options = {}) => new Sequential([new Dense({ units: 5 }), new Tanh()], options);

describe("a nested model", () => {
  it("names its parameters by their place", () => {
    const deep = new Sequential([new ReLU(), block()]);
    const model = new Sequential([block(), deep, new Dense({ units: 3 })], { input: [4] });
    expect(model.parameters.map(({ name }) => name)).toEqual([
      "0.0.weight",
      "0.0.bias",
      "1.1.0.weight",
      "1.1.0.bias",
      "2.weight",
      "2.bias",
    ]);
    expect(Object.keys(model.getWeights())).toEqual(model.parameters.map(({ name }) => name));
  });

  it("takes seed and dtype from the outer one", () => {
    const make = (seed: number) =>
      new Sequential([block({ seed: 99 }), new Dense({ units: 3 })], { input: [4], seed, dtype: "float64" });
    expect(bits(make(1))).toEqual(bits(make(1)));
    expect(bits(make(1)).slice(0, 20)).not.toEqual(bits(make(2)).slice(0, 20));
    expect(make(1).parameters[0].value.dtype).toBe("float64");
  });

  it("computes and learns what the same layers do side by side", async () => {
    const flat = new Sequential(
      [new Dense({ units: 5 }), new Tanh(), new Dropout({ rate: 0 }), new Dense({ units: 3 })],
      {
        input: [4],
      },
    ).compile(training());
    const nested = new Sequential(
      [block(), new Sequential([new Dropout({ rate: 0 }), new Dense({ units: 3 })])],
      {
        input: [4],
      },
    ).compile(training());
    const values = Object.values(flat.getWeights());
    nested.setWeights(Object.fromEntries(nested.parameters.map(({ name }, i) => [name, values[i]])));
    const histories = [await flat.fit(data, { epochs: 3 }), await nested.fit(data, { epochs: 3 })];
    expect(histories[0]).toEqual(histories[1]);
    expect(bits(nested)).toEqual(bits(flat));
    expect(nested.predict(data.x)).toEqual(flat.predict(data.x));
  });
});

describe("a model with weights, when it is nested", () => {
  it("keeps its weights and what is frozen, at any depth, and is trained in its new place", async () => {
    const inner = block({ input: [4], seed: 8 }).compile(training());
    const before = bits(inner);
    const predicted = inner.predict(data.x);
    inner.parameters[1].trainable = false;
    const middle = new Sequential([inner, new Dense({ units: 3 })]);
    const outer = new Sequential([middle], { input: [4], seed: 1 }).compile(training());
    expect(bits(outer).slice(0, 25)).toEqual(before);
    expect(inner.predict(data.x)).toEqual(predicted);
    expect(inner.parameters.map(({ trainable }) => trainable)).toEqual([true, false]);
    expect(inner.isRoot).toBe(false);

    await outer.fit(data);
    expect(bits(inner)).toEqual(bits(outer).slice(0, 25));
    expect(bits(inner).slice(0, 20)).not.toEqual(before.slice(0, 20));
    expect(bits(inner).slice(20)).toEqual(before.slice(20));
  });

  it("keeps them in an outer one that is built by its first batch", async () => {
    const inner = block({ input: [4], seed: 8 });
    const before = bits(inner);
    const outer = new Sequential([inner, new Dense({ units: 3 })]).compile(training());
    await expect(outer.fit({ x: data.x, y: data.y.add(7) })).rejects.toThrow(/class indices/);
    expect(bits(inner)).toEqual(before);
    outer.predict(data.x);
    expect(bits(outer).slice(0, 25)).toEqual(before);
  });

  it("is as it was if the outer one cannot be built, compiled and in the midst of its training", () => {
    const failing: readonly ((inner: Sequential<string>) => Layer[])[] = [
      (inner) => [inner, new Reshape({ shape: [2, 2] })],
      (inner) => [new Dense({ units: 9 }), inner],
      (inner) => [new Sequential([inner, new Dense({ units: 2 })]), new Reshape({ shape: [3] })],
      (inner) => [inner, new Sequential([new Dense({ units: 2 })], { dtype: "float64" })],
    ];
    for (const layersAround of failing) {
      const [tried, left] = [classifier(), classifier()];
      for (const { model } of [tried, left]) model.trainBatch(data.x, data.y);
      expect(() => new Sequential(layersAround(tried.model), { input: [4] })).toThrow(/ expects .*, but got/);
      expect(tried.model.isRoot).toBe(true);
      const losses = [tried, left].map(({ model }) => model.trainBatch(data.x, data.y));
      expect(losses[0]).toBe(losses[1]);
      expect(bits(tried.model)).toEqual(bits(left.model));
      expect(tried.optimizer.scalars).toEqual(left.optimizer.scalars);
      new Sequential([tried.model], { input: [4] }); // and it can still be nested
    }
  });
});

it("a failed build touches no layer of another model", () => {
  const layer = new Dense({ units: 3 });
  const unbuilt = new Sequential([new Sequential([layer])]);
  const owner = new Sequential([layer], { input: [4] }).compile(training());
  const before = bits(owner);
  expect(() => unbuilt.predict(data.x)).toThrow("Dense(3) expects to be in one model, but got a second one.");
  expect(bits(owner)).toEqual(before);
  expect(owner.trainBatch(data.x, data.y)).toBeGreaterThan(0);
});

it("a failed build leaves a compiled model compiled, and its layers free for another try", () => {
  const model = new Sequential([new Reshape({ shape: [2, 2] }), new Dense({ units: 3 })]).compile(training());
  expect(() => model.trainBatch(Matrix.zeros(2, 5), Matrix.zeros(2, 1))).toThrow(
    /rows of 4 numbers, but got \[5\]/,
  );
  expect(model.trainBatch(data.x, data.y)).toBeGreaterThan(0);
});

it("a subclass under a type of its own is one layer, and keeps its own forward in clones and checks", () => {
  class Residual extends Sequential {
    static override readonly type = "Residual";
    override forward(x: Matrix, training: boolean): Matrix {
      return super.forward(x, training).add(x);
    }
    override backward(dy: Matrix): Matrix {
      return super.backward(dy).add(dy);
    }
  }
  const make = () => new Residual([new Dense({ units: 4 }), new Tanh()]);
  const model = new Sequential([make(), new Dense({ units: 3 })], { input: [4] });
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1 }) });
  expect(model.trace(data.x).map(({ path }) => path)).toEqual(["0", "1"]);
  expect(model.clone().predict(data.x)).toEqual(model.predict(data.x));
  const before = model.trainBatch(data.x, data.y);
  for (let i = 0; i < 50; i++) model.trainBatch(data.x, data.y);
  expect(model.trainBatch(data.x, data.y)).toBeLessThan(0.5 * before);
});
