import { readdirSync, readFileSync } from "node:fs";
import {
  Dense,
  heNormal,
  Layer,
  l2,
  Matrix,
  modelFromBytes,
  modelToBytes,
  ReLU,
  readSafetensors,
  Sequential,
  writeSafetensors,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { checkpointFromBytes } from "../../src/io/checkpoint-file.js";
import { fuzzData } from "../fuzz/corpus.js";
import { bits, classifier } from "../model/support/models.js";
import { exampleOf, inputsFor, make } from "../support/layer-laws.js";
import { layerClasses } from "../support/subjects.js";

const folder = new URL("../fixtures/", import.meta.url);
const files = readdirSync(folder).filter((name) => /-v\d+\.safetensors$/.test(name));

it.each(files)("opens %s, and finds the same outputs", (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const { type, outputs } = JSON.parse(
    readFileSync(new URL(name.replace("safetensors", "json"), folder), "utf8"),
  );
  const model = modelFromBytes(bytes);
  const rows = [
    { a: 1, b: "x" },
    { a: null, b: "y" },
  ];
  expect(String(model)).toBe(type);
  expect(model.predict(name.startsWith("table") ? rows : fuzzData.x).toArray()).toEqual(outputs);
  if (name.startsWith("checkpoint")) expect(checkpointFromBytes(bytes).progress.step).toBe(4);
});
it("has files of every version", () => expect(files.length).toBeGreaterThanOrEqual(3));

const serializable = layerClasses.filter(({ traits }) => traits?.notSerializable === undefined);

describe.each(serializable.map((Class) => [Class.type, Class] as const))("%s", (_, Class) => {
  it.each(["float32", "float64"] as const)("comes back in %s with the same bits", (dtype) => {
    const { input } = exampleOf(Class);
    const model = new Sequential([make(Class), new Dense({ units: 2 })], { input, seed: 4, dtype });
    const bytes = modelToBytes(model);
    const again = modelFromBytes(bytes);
    const x = inputsFor(Class, 3, dtype);
    expect(again.predict(x)).toEqual(model.predict(x));
    expect(modelToBytes(again)).toEqual(bytes);
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
  });
});

class Twice extends Layer {
  static override readonly type = "Twice";
  forward(x: Matrix): Matrix {
    return x.mul(2);
  }
  backward(dy: Matrix): Matrix {
    return dy.mul(2);
  }
}

it("keeps nested models with their weights, custom layers, options that are functions, and what is frozen", () => {
  const inner = new Sequential(
    [new Dense({ units: 3, weightInitializer: heNormal(), weightRegularizer: l2() }), new Twice()],
    { input: [4], seed: 9 },
  );
  const model = new Sequential([inner, new ReLU(), new Dense({ units: 2, useBias: false })], { input: [4] });
  model.parameters[0].trainable = false;
  const bytes = modelToBytes(model);
  const again = modelFromBytes(bytes, { layers: [Twice] });
  expect(bits(again)).toEqual(bits(model));
  expect(again.parameters.map(({ name, trainable }) => [name, trainable])).toEqual([
    ["0.0.weight", false],
    ["0.0.bias", true],
    ["2.weight", true],
  ]);
  expect(String(again)).toBe(String(model));
  expect(() => modelFromBytes(bytes)).toThrow(/known layers, but got "Twice"/);
});

it("has no weights where there are none", () => {
  const model = new Sequential([new ReLU()], { input: [3] });
  expect(
    modelFromBytes(modelToBytes(model))
      .predict(Matrix.full(1, 3, -1))
      .toArray(),
  ).toEqual([[0, 0, 0]]);
});

it("trains on as the first would have", async () => {
  const { model } = classifier();
  const again = modelFromBytes(modelToBytes(model));
  expect(bits(again)).toEqual(bits(model));
  expect(again.context.random.key).toEqual(model.context.random.key);
});

it("refuses to write what could not be read", () => {
  expect(() => modelToBytes(new Sequential([new Dense({ units: 1 })]))).toThrow(/a built model/);
  const bare = new Sequential([new Dense({ units: 1, weightInitializer: (w) => void w.data.fill(1) })], {
    input: [2],
  });
  expect(() => modelToBytes(bare)).toThrow(/made by a named factory/);
});

describe("an option that JSON would change", () => {
  class Clip extends Layer<{ limit?: unknown }> {
    static override readonly type = "Clip";
    forward(x: Matrix): Matrix {
      return x;
    }
    backward(dy: Matrix): Matrix {
      return dy;
    }
  }
  const of = (limit: unknown) => new Sequential([new Clip({ limit })], { input: [2] });
  const ring: Record<string, unknown> = {};
  ring.ring = ring;
  it.each([
    [
      Number.POSITIVE_INFINITY,
      "`model.options.layers.0.options.limit` to be what JSON can hold, but got Infinity.",
    ],
    [Number.NaN, "to be what JSON can hold, but got NaN."],
    [3n, "to be what JSON can hold, but got 3n."],
    [Symbol("x"), "to be what JSON can hold, but got Symbol(x)."],
    [new Date(0), "to be what JSON can hold, but got a Date."],
    [Float32Array.of(1), "to be what JSON can hold, but got a Float32Array."],
    [
      { a: [undefined] },
      "`model.options.layers.0.options.limit.a.0` to be what JSON can hold, but got undefined.",
    ],
    [ring, "models and options that nest less deep, but got more than 192 levels."],
  ])("is refused: %s", (limit, message) => {
    expect(() => modelToBytes(of(limit))).toThrow(
      `modelToBytes expects ${message.startsWith("to be") ? "" : message}`,
    );
    expect(() => modelToBytes(of(limit))).toThrow(message);
  });

  it.each([
    [null],
    [undefined],
    ["é\ud800"],
    [{ a: [1, { b: false }], c: undefined }],
    [Object.create(null)],
  ])("is kept otherwise: %s", (limit) => {
    const again = modelFromBytes(modelToBytes(of(limit)), { layers: [Clip] });
    const [layer] = JSON.parse(JSON.stringify(again)).options.layers;
    expect(layer.options).toEqual(JSON.parse(JSON.stringify({ limit })));
  });
});

it("reads all that it writes of models in models, and writes none that is too deep", () => {
  const nested = (depth: number): Sequential =>
    depth === 0
      ? new Sequential([new Dense({ units: 1 })])
      : new Sequential([nested(depth - 1)], depth === 60 ? { input: [2] } : {});
  const model = nested(60);
  expect(bits(modelFromBytes(modelToBytes(model)))).toEqual(bits(model));
  const deeper = (depth: number) =>
    Array.from({ length: depth }).reduce<Sequential>(
      (inner) => new Sequential([inner]),
      new Sequential([new ReLU()]),
    );
  for (const depth of [61, 62, 63, 64, 70, 300]) {
    const outer = new Sequential([deeper(depth)], { input: [2] });
    const read = () => modelFromBytes(modelToBytes(outer));
    if (depth < 62) expect(String(read())).toBe(String(outer));
    else expect(read).toThrow(/^modelToBytes expects models and options that nest less deep/);
  }
});

describe("refuses to read", () => {
  const model = new Sequential([new Dense({ units: 2 })], { input: [3] });
  const good = { version: 1, model: model.toJSON(), frozen: [] as unknown };
  const of = (about: unknown, weights: object = model.getWeights()) =>
    writeSafetensors(weights as never, { chainrule: JSON.stringify(about) });
  const huge = structuredClone(good) as unknown as {
    model: { options: { layers: { options: { units: number } }[] } };
  };
  huge.model.options.layers[0].options.units = 1e9;
  it.each([
    [
      "files of others",
      writeSafetensors(model.getWeights()),
      /a file that chainrule wrote, but got one without its metadata\. Read the tensors/,
    ],
    ["metadata that is no JSON", writeSafetensors({}, { chainrule: "{" }), /metadata of JSON/],
    [
      "newer versions",
      of({ ...good, version: 2 }),
      /a file of version 1, but got 2\. Is there a newer chainrule/,
    ],
    ["no version", of(null), /a file of version 1, but got undefined/],
    ["no model", of({ version: 1 }), /an object { type, options }/],
    ["a missing tensor", of(good, { "0.weight": Matrix.zeros(3, 2) }), /a tensor "0\.bias", but got none/],
    [
      "another tensor",
      of(good, { ...model.getWeights(), more: Matrix.zeros(1, 1) }),
      /weights that the model has, but got "more"/,
    ],
    [
      "another size",
      of(good, { ...model.getWeights(), "0.bias": Matrix.zeros(1, 3) }),
      /"0\.bias" of \[1 × 2\], but got \[1 × 3\]/,
    ],
    [
      "another width of numbers",
      of(good, { ...model.getWeights(), "0.bias": Matrix.zeros(1, 2, "float64") }),
      /"0\.bias" of F32, but got F64/,
    ],
    [
      "integers",
      of(good, { ...model.getWeights(), "0.bias": { shape: [1, 2], data: Int32Array.of(1, 2) } }),
      /a matrix of floats, but got I32/,
    ],
    ["sizes that the file only claims", of(huge), /"0\.weight" of \[3 × 1000000000\], but got \[3 × 2\]/],
    [
      "frozen names that nobody has",
      of({ ...good, frozen: ["1.weight"] }),
      /`frozen` to be names of weights/,
    ],
    ["frozen that is no list", of({ ...good, frozen: "all" }), /`frozen` to be a list/],
  ])("%s", (_, bytes, message) => expect(() => modelFromBytes(bytes)).toThrow(message));

  it("a model as a checkpoint", () => {
    expect(() => checkpointFromBytes(modelToBytes(model))).toThrow(
      /the state of a training, but got a model alone/,
    );
    expect(Object.keys(readSafetensors(modelToBytes(model)).tensors)).toEqual(["0.weight", "0.bias"]);
  });
});
