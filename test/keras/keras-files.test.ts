import { Matrix, meanSquaredError, SGD } from "chainrule";
import { fromKeras, fromTensorFlowJs } from "chainrule/keras";
import { describe, expect, it } from "vitest";
import { golden, type KerasJson, kerasFile, largestDifference } from "./fixtures.js";

const CLOSE = 1e-5;

describe.each(Object.entries(golden.files))("%s, as Keras wrote it", (name, { x, y }) => {
  it("predicts what Keras predicts", async () => {
    const model = await fromKeras(kerasFile(name), { unfreeze: name === "resting.keras" });
    const { dtype } = model.context;
    const limit = dtype === "float64" ? 1e-12 : CLOSE;
    expect(dtype).toBe(name.startsWith("wide") ? "float64" : "float32");
    expect(largestDifference(model.predict(Matrix.from(x, dtype)).toArray(), y)).toBeLessThan(limit);
  });
});

it.each(["trained.keras", "trained.h5"])("%s trains on as in Keras", async (name) => {
  const { x, targets = [], losses, after = [] } = golden.files["trained.keras"];
  const model = await fromKeras(kerasFile(name));
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
  const [rows, wanted] = [Matrix.from(x), Matrix.from(targets)];
  for (const loss of losses ?? []) expect(model.trainBatch(rows, wanted)).toBeCloseTo(loss, 5);
  expect(largestDifference(model.predict(rows).toArray(), after)).toBeLessThan(CLOSE);
});

it("keeps what is frozen frozen, unless told otherwise", async () => {
  const frozen = async (unfreeze?: boolean) => {
    const model = await fromKeras(kerasFile("trained.keras"), unfreeze ? { unfreeze } : {});
    return model.parameters.filter(({ trainable }) => !trainable).map(({ name }) => name);
  };
  expect(await frozen()).toEqual(["3.weight", "3.bias"]);
  expect(await frozen(true)).toEqual([]);
});

it("refuses a frozen BatchNormalization, which Keras lets rest in training", async () => {
  await expect(fromKeras(kerasFile("resting.keras"))).rejects.toThrow(/a frozen one.*unfreeze: true/);
});

it("carries options over", async () => {
  const model = await fromKeras(kerasFile("trained.h5"));
  expect(model.toString()).toContain("weightRegularizer: l1l2({ l1: 0.01, l2: 0.02 })");
  expect(model.toString()).toContain("weightConstraint: maxNorm({ max: 0.9 })");
  expect(model.toString()).toContain("LeakyReLU({ negativeSlope: 0.3 })");
  const chain = await fromKeras(kerasFile("chain.h5"));
  expect(chain.toString()).toContain("BatchNorm({ epsilon: 0.001, momentum: 0.01 })");
  const names = chain.parameters.filter(({ trainable }) => !trainable).map(({ name }) => name);
  expect(names.filter((name) => !name.includes("running"))).toEqual(["2.bias", "6.weight"]);
});

it("takes the bytes as an ArrayBuffer too, and many files at once", async () => {
  const bytes = Uint8Array.from(kerasFile("chain.h5"));
  const models = await Promise.all([1, 2, 3].map(() => fromKeras(bytes.buffer)));
  expect(models.map(({ inputSize }) => inputSize)).toEqual([6, 6, 6]);
});

describe("layers without weights, from Keras's JSON", () => {
  const cases = golden.plain.map(({ layer, y }) => [described(layer), layer, y] as const);
  it.each(cases)("%s", (_, layer, y) => {
    const { config, ...rest } = golden.model;
    const topology = { ...rest, config: { ...config, layers: [...config.layers, layer] } };
    const modelTopology = { model_config: topology, keras_version: golden.version };
    const model = fromTensorFlowJs({ modelTopology, weightsManifest: [] }, new Uint8Array());
    expect(largestDifference(model.predict(Matrix.from([golden.x])).toArray(), [y])).toBeLessThan(CLOSE);
  });
});

function described({ class_name: type, config }: KerasJson): string {
  const { name: _, dtype: __, trainable: ___, ...options } = config;
  return `${type} ${JSON.stringify(options)}`;
}
