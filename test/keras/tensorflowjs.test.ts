import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Dense, Matrix, meanSquaredError, ReLU, Sequential, SGD, standardize, Table } from "chainrule";
import { fromTensorFlowJs, toTensorFlowJs } from "chainrule/keras";
import { describe, expect, it } from "vitest";
import { largestDifference, type Remembered } from "./fixtures.js";

interface Saved extends Remembered {
  readonly modelJson: {
    readonly modelTopology: object;
    readonly weightsManifest: readonly { readonly weights: readonly object[] }[];
  };
  readonly weights: string;
}

const CLOSE = 1e-5;
const path = fileURLToPath(new URL("../fixtures/keras/tensorflowjs.json", import.meta.url));
const saved = JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, Saved>>;
const bytesOf = ({ weights }: Saved): Uint8Array => Uint8Array.from(Buffer.from(weights, "base64"));

it.each(Object.entries(saved))("reads %s, as TensorFlow.js saved it", (_, file) => {
  const model = fromTensorFlowJs(file.modelJson, bytesOf(file));
  expect(largestDifference(model.predict(Matrix.from(file.x)).toArray(), file.y)).toBeLessThan(CLOSE);
});

it("trains on as TensorFlow.js did", () => {
  const file = saved.dense;
  const { x, targets = [], losses = [], after = [] } = file;
  const model = fromTensorFlowJs(file.modelJson, bytesOf(file));
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.05 }) });
  for (const loss of losses) {
    expect(Math.abs(model.trainBatch(Matrix.from(x), Matrix.from(targets)) - loss)).toBeLessThan(CLOSE);
  }
  expect(largestDifference(model.predict(Matrix.from(x)).toArray(), after)).toBeLessThan(CLOSE);
});

describe("the files come in any form", () => {
  const { modelJson, weights: bytes } = toTensorFlowJs(
    fromTensorFlowJs(saved.dense.modelJson, bytesOf(saved.dense)),
  );
  const text = JSON.stringify(modelJson);
  const cut = 40;
  const parts = [bytes.slice(0, cut), bytes.slice(cut).buffer];
  const [{ weights: specs }] = modelJson.weightsManifest;
  const two = {
    ...modelJson,
    weightsManifest: [{ paths: ["group1-shard1of2.bin", "group1-shard2of2.bin"], weights: specs }],
  };
  const files = { "files/group1-shard2of2.bin": parts[1], "files/group1-shard1of2.bin": parts[0] };
  const groups = specs.map((spec, i) => ({ paths: i === 0 ? ["weights.bin"] : [], weights: [spec] }));
  const { modelTopology } = modelJson;
  const expected = fromTensorFlowJs(modelJson, bytes).getWeights();

  it.each([
    ["a text and one array", () => fromTensorFlowJs(text, bytes)],
    [
      "bytes and an ArrayBuffer",
      () => fromTensorFlowJs(new TextEncoder().encode(text), bytes.buffer as ArrayBuffer),
    ],
    ["a list of files in order", () => fromTensorFlowJs(text, parts)],
    ["files by their paths", () => fromTensorFlowJs(two, files)],
    ["several groups", () => fromTensorFlowJs({ ...modelJson, weightsManifest: groups }, bytes)],
    [
      "what a handler of save gets",
      () => fromTensorFlowJs({ modelTopology, weightSpecs: specs, weightData: bytes.buffer }),
    ],
    ["the same in parts", () => fromTensorFlowJs({ modelTopology, weightSpecs: specs, weightData: parts })],
    ["names of Keras 2", () => fromTensorFlowJs(text.replaceAll("/kernel", "/kernel:0"), bytes)],
    [
      "names with models in front",
      () => fromTensorFlowJs(text.replaceAll('"name":"dense/', '"name":"m/dense/'), bytes),
    ],
    [
      "`batch_shape` of Keras 3",
      () => fromTensorFlowJs(text.replaceAll("batch_input_shape", "batch_shape"), bytes),
    ],
  ])("%s", (_, read) => {
    expect(read().getWeights()).toEqual(expected);
  });
});

it("keeps a table and a seed, and comes back the same", async () => {
  const table = await new Table({ columns: { a: standardize(), b: standardize() } }).fit([
    { a: 1, b: 2 },
    { a: 3, b: 5 },
  ]);
  const model = new Sequential([new Dense({ units: 3 }), new ReLU(), new Dense({ units: 1 })], {
    table,
    seed: 5,
  });
  model.parameters[2].trainable = false;
  model.parameters[3].trainable = false;
  const { modelJson, weights } = toTensorFlowJs(model);
  const back = fromTensorFlowJs(JSON.stringify(modelJson), weights);
  expect(back.predict([{ a: 2, b: 2 }]).toArray()).toEqual(model.predict([{ a: 2, b: 2 }]).toArray());
  expect(back.options.seed).toBe(5);
  expect(back.parameters.map(({ trainable }) => trainable)).toEqual([true, true, false, false]);
  expect(toTensorFlowJs(back)).toEqual(toTensorFlowJs(model));
});
