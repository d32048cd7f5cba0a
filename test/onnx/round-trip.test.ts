import { Dense, Layer, type Matrix, Sequential } from "chainrule";
import { fromOnnx, type OnnxWriter, readOnnxMetadata, toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { loadMessages, type ModelProto } from "../../src/onnx/messages.js";
import { type Case, examples, modelOf, rowsFor, variants } from "./support/cases.js";

const { decode, encode } = await loadMessages("test");

/** The same file after a change. */
function changed(bytes: Uint8Array, change: (file: ModelProto) => void): Uint8Array {
  const file = decode(bytes);
  change(file);
  return encode(file);
}

const withoutMetadata = (bytes: Uint8Array) =>
  changed(bytes, (file) => {
    file.metadataProps = [];
  });

const every = [...examples, ...variants].flatMap((one) =>
  (["float32", "float64"] as const).map((dtype) => ({ ...one, name: `${one.name} in ${dtype}`, dtype })),
);

describe("a file of toOnnx", () => {
  it.each(every)("$name comes back as the same layers with the same weights", async (one) => {
    const model = modelOf(one as Case, one.dtype);
    const again = await fromOnnx(await toOnnx(model));
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    expect(again.getWeights()).toEqual(model.getWeights());
  });

  it.each(every)("$name is the same function or refused, where only the graph speaks", async (one) => {
    const model = modelOf(one as Case, one.dtype);
    const bytes = withoutMetadata(await toOnnx(model));
    const x = rowsFor(one as Case, 5, one.dtype);
    const read = await fromOnnx(bytes).catch((error: Error) => error);
    if (read instanceof Error) expect(read.message).toMatch(/^fromOnnx, node ".*expects/);
    else expect(read.predict(x).isClose(model.predict(x), { rtol: 1e-5, atol: 1e-6 })).toBe(true);
  });

  const small = () => new Sequential([new Dense({ units: 2 })], { input: [3], seed: 7 });
  const ones = (model: Sequential): Matrix => model.getWeights()["0.weight"];

  it("is what its graph says, where the JSON beside it says another thing", async () => {
    const bytes = await toOnnx(small());
    const other = await fromOnnx(
      changed(bytes, ({ metadataProps: [json] }) => {
        json.value = json.value.replace('"type":"Dense"', '"type":"ReLU"').replace('"units":2', "");
      }),
    );
    expect(other.layers.map(String)).toEqual(["Dense({ units: 2 })"]);
    const activated = changed(bytes, ({ graph }) => {
      const [gemm] = graph?.node ?? [];
      graph?.node.push({
        ...gemm,
        opType: "Relu",
        name: "more",
        input: ["inside"],
        output: [...gemm.output],
        attribute: [],
      });
      gemm.output = ["inside"];
    });
    expect((await fromOnnx(activated)).layers.map(String)).toEqual(["Dense({ units: 2 })", "ReLU()"]);
    for (const value of [
      "",
      "null",
      "{",
      '{"type":"Sequential"}',
      '{"__proto__":{}}',
      "[".repeat(1e5),
      '{"type":"Sequential","options":{"layers":[]}}',
    ]) {
      const damaged = changed(bytes, ({ metadataProps: [json] }) => {
        json.value = value;
      });
      expect(ones(await fromOnnx(damaged))).toEqual(ones(small()));
    }
  });

  it("has the weights that stand in it", async () => {
    const bytes = changed(await toOnnx(small()), ({ graph }) => {
      for (const { rawData } of graph?.initializer ?? []) rawData.fill(0);
    });
    const model = await fromOnnx(bytes);
    expect(ones(model).sum()).toBe(0);
    expect(model.options.seed).toBe(7);
    expect((await fromOnnx(bytes, { seed: 3 })).options.seed).toBe(3);
  });

  it("comes back under any names of input and output", async () => {
    const bytes = await toOnnx(small(), { input: "pixels", output: "__proto__" });
    expect(ones(await fromOnnx(bytes))).toEqual(ones(small()));
  });

  it("brings back layers of one's own with the class and the writer", async () => {
    class Negative extends Layer {
      static override readonly type = "Negative";
      forward = (x: Matrix) => x.mul(-1);
      backward = (dy: Matrix) => dy.mul(-1);
    }
    const writers: Record<string, OnnxWriter> = { Negative: (_, graph, x) => graph.node("Neg", [x]) };
    const model = new Sequential([new Negative(), new Dense({ units: 2 })], { input: [3] });
    const bytes = await toOnnx(model, { layers: writers });
    const again = await fromOnnx(bytes, { layers: [Negative], writers });
    expect(again.layers[0]).toBeInstanceOf(Negative);
    await expect(fromOnnx(bytes)).rejects.toThrow(
      'fromOnnx, node "0.Negative/Neg" (Neg), expects an operator',
    );
  });
});

describe("readOnnxMetadata", () => {
  it("says who wrote a file, its labels and its texts", async () => {
    const model = new Sequential([new Dense({ units: 2 })], { input: [3] });
    const bytes = await toOnnx(model, {
      labels: ["cat", "dog"],
      metadata: { license: "CC0", __proto: "x" },
      doc: "pets",
    });
    const read = await readOnnxMetadata(bytes);
    expect(read).toMatchObject({ producer: "chainrule", opset: 17, doc: "pets", labels: ["cat", "dog"] });
    expect(read.metadata.license).toBe("CC0");
    const bare = await readOnnxMetadata(withoutMetadata(bytes));
    expect(bare.labels).toBeUndefined();
    expect(Object.keys(bare.metadata)).toEqual([]);
    await expect(readOnnxMetadata(Uint8Array.of(255))).rejects.toThrow("readOnnxMetadata expects the bytes");
  });
});
