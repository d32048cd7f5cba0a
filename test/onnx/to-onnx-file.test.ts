import { readFileSync } from "node:fs";
import {
  BatchNorm,
  Dense,
  Dropout,
  Lambda,
  LayerNorm,
  Matrix,
  modelFromJSON,
  oneHotCategory,
  ReLU,
  Residual,
  Sequential,
  Softmax,
  standardize,
  Table,
} from "chainrule";
import { type ToOnnxOptions, toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { loadMessages } from "../../src/onnx/messages.js";
import { difference, runOnnx } from "./support/run.js";

const digits = () =>
  new Sequential(
    [
      new Dense({ units: 8 }),
      new Sequential([new ReLU(), new Dropout({ rate: 0.5 })]),
      new Residual({ layers: [new Dense({ units: 8, useBias: false })] }),
      new Dense({ units: 2 }),
      new Softmax(),
    ],
    { input: [2, 3], seed: 3 },
  );

const read = async (model: Sequential<string>, options?: ToOnnxOptions) => {
  const messages = await loadMessages("this test");
  return messages.decode(await toOnnx(model, options));
};
const metadata = async (model: Sequential<string>, options?: ToOnnxOptions) =>
  Object.fromEntries((await read(model, options)).metadataProps.map(({ key, value }) => [key, value]));

describe("the file", () => {
  it("says its versions and what wrote it", async () => {
    const file = await read(digits());
    expect(file.irVersion).toBe(8n);
    expect(file.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([["", 17n]]);
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect([file.producerName, file.producerVersion]).toEqual(["chainrule", version]);
    expect(file.docString).toBe(digits().summary());
    expect((await read(digits(), { doc: "mine" })).docString).toBe("mine");
  });

  it("takes any number of rows", async () => {
    const { graph } = await read(digits());
    const ports = [...(graph?.input ?? []), ...(graph?.output ?? [])].map(({ name, type }) => {
      const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
      return [name, tensor?.elemType, tensor?.shape?.dim.map(({ value }) => value.value)];
    });
    expect(ports).toEqual([
      ["input", 1, ["batch", 2n, 3n]],
      ["output", 1, ["batch", 2n]],
    ]);
    const bytes = await toOnnx(digits());
    for (const rows of [0, 2]) {
      expect((await runOnnx(bytes, Matrix.full(rows, 6, 0.5), [2, 3])).rows).toBe(rows);
    }
  });

  it("names nodes by place and type, and parameters as the model", async () => {
    const { graph } = await read(digits());
    expect(graph?.node.map(({ name, opType }) => [name, opType])).toEqual([
      ["0.Dense/Flatten", "Flatten"],
      ["0.Dense/Gemm", "Gemm"],
      ["1.0.ReLU/Relu", "Relu"],
      ["2.0.Dense/MatMul", "MatMul"],
      ["2.Residual/Add", "Add"],
      ["3.Dense/Gemm", "Gemm"],
      ["4.Softmax/Softmax", "Softmax"],
    ]);
    expect(graph?.initializer.map(({ name, dims }) => [name, ...dims])).toEqual([
      ["0.weight", 6n, 8n],
      ["0.bias", 8n],
      ["2.0.weight", 8n, 8n],
      ["3.weight", 8n, 2n],
      ["3.bias", 2n],
    ]);
  });

  it("takes names for input and output", async () => {
    const bytes = await toOnnx(digits(), { input: "pixels", output: "digit" });
    const { graph } = await read(digits(), { input: "pixels", output: "digit" });
    expect([graph?.input[0].name, graph?.output[0].name]).toEqual(["pixels", "digit"]);
    const x = Matrix.full(3, 6, 0.5);
    expect(difference(await runOnnx(bytes, x, [2, 3]), digits().predict(x))).toBeLessThan(1e-6);
    for (const name of ["0.weight", "0.Dense/Gemm"]) {
      await expect(toOnnx(digits(), { input: name })).rejects.toThrow(
        `toOnnx expects \`input\` to be a name of its own, but got "${name}".`,
      );
      await expect(toOnnx(digits(), { output: name })).rejects.toThrow("a name of its own");
    }
    await expect(toOnnx(digits(), { input: "a", output: "a" })).rejects.toThrow("different names");
  });

  it.each(["float32", "float64"] as const)("keeps the bits of weights, of NaN too, %s", async (dtype) => {
    const model = new Sequential([new Dense({ units: 3 })], { input: [4], dtype });
    const { data } = model.parameters[0].value;
    data.set([Number.NaN, Infinity, -Infinity, -0, 1e-45, 5e-324, 0.1, 1 / 3, 1e38]);
    new Uint8Array(data.buffer, data.byteOffset)[0] = 17; // another NaN
    const [weight] = (await read(model)).graph?.initializer ?? [];
    expect(weight.dataType).toBe(dtype === "float32" ? 1 : 11);
    expect(weight.rawData).toEqual(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  });

  it("carries the model, of which its layers can be made again", async () => {
    const { "chainrule.model": json } = await metadata(digits());
    const again = modelFromJSON(JSON.parse(json));
    expect(again.toJSON()).toEqual(JSON.parse(JSON.stringify(digits())));
    const own = new Sequential([new Lambda({ forward: (x) => x.mul(2) })], { input: [1] });
    const options = {
      layers: { Lambda: (_: unknown, graph, x) => graph.node("Add", [x, x]) },
    } as ToOnnxOptions;
    expect(Object.keys(await metadata(own, options))).toEqual([]);
  });

  it("carries names of classes and other texts", async () => {
    const { labels, author } = await metadata(digits(), {
      labels: ["cat", "dog"],
      metadata: { author: "Ada" },
    });
    expect([JSON.parse(labels), author]).toEqual([["cat", "dog"], "Ada"]);
    await expect(toOnnx(digits(), { labels: ["cat"] })).rejects.toThrow(
      "toOnnx expects 2 `labels`, one for each output, but got 1.",
    );
    await expect(toOnnx(digits(), { metadata: { labels: "cat" } })).rejects.toThrow(
      'toOnnx expects `metadata` of other names than the file\'s own, but got "labels".',
    );
  });

  it("carries the table", async () => {
    const table = new Table({
      columns: {
        age: standardize({ mean: 1, deviation: 2 }),
        city: oneHotCategory({ categories: ["Oslo", "Rome"] }),
      },
      target: { likes: oneHotCategory({ categories: ["no", "yes"] }) },
    });
    const found = await metadata(new Sequential([new Dense({ units: 2 })], { table }));
    expect(JSON.parse(found.labels)).toEqual(["no", "yes"]);
    expect(JSON.parse(found.names)).toEqual(["age", "city=Oslo", "city=Rome"]);
    expect(JSON.parse(found["chainrule.table"])).toEqual(JSON.parse(JSON.stringify(table)));
  });

  it("is as long as its weights, for any number of layers", async () => {
    const length = async (layers: number) => {
      const all = Array.from({ length: layers }, () => new Dense({ units: 4 }));
      const model = new Sequential(all, { input: [4] });
      return (await toOnnx(model, { doc: "" })).length;
    };
    expect(await length(800)).toBeLessThan(2.02 * (await length(400)));
  });

  it("keeps the digits of a BatchNorm far from 0", async () => {
    const model = new Sequential([new BatchNorm()], { input: [2] });
    model.setWeights({ ...model.getWeights(), "0.runningMean": Matrix.from([[1000, -3]]) });
    const x = Matrix.from([
      [1000.25, -3],
      [999, 1],
    ]);
    const y = await runOnnx(await toOnnx(model), x);
    expect(difference(y, model.predict(x))).toBeLessThan(1e-6);
  });

  it("keeps what an infinite weight of BatchNorm does", async () => {
    const model = new Sequential([new BatchNorm()], { input: [3] });
    model.setWeights({ ...model.getWeights(), "0.weight": Matrix.from([[Infinity, 1, Number.NaN]]) });
    const x = Matrix.from([[2, 3, 4]]);
    expect(difference(await runOnnx(await toOnnx(model), x), model.predict(x))).toBeLessThan(1e-6);
  });

  it("keeps the digits of a LayerNorm far from 0", async () => {
    const model = new Sequential([new LayerNorm()], { input: [3] });
    const x = Matrix.from([
      [1000.1, 1000.1, 1000.1],
      [1000.1, 1000.11, 1000.09],
    ]);
    expect(difference(await runOnnx(await toOnnx(model), x), model.predict(x))).toBeLessThan(1e-5);
  });
});
