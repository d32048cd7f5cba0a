import { createRequire } from "node:module";
import { layersOf } from "./floats.js";

/** What is used of onnx-buf, which is installed in the benchmark's folder only. */
interface Protobuf {
  fromJson(schema: unknown, json: object): unknown;
  toBinary(schema: unknown, message: unknown): Uint8Array;
}

/** A perceptron with ReLU between its layers and a softmax at its end, from the first weights, as an ONNX file. */
export function onnxModel(widths: readonly number[]): Uint8Array {
  const require = createRequire(import.meta.url);
  const { fromJson, toBinary } = require("@bufbuild/protobuf") as Protobuf;
  const { ModelProtoSchema } = require("onnx-buf") as { ModelProtoSchema: unknown };
  const layers = layersOf(widths);
  const nodes = layers.flatMap((_, i) => {
    const [from, to] = [i === 0 ? "x" : `a${i}`, `z${i + 1}`];
    const gemm = { opType: "Gemm", input: [from, `W${i}`, `b${i}`], output: [to] };
    if (i === layers.length - 1) return [gemm, { opType: "Softmax", input: [to], output: ["y"] }];
    return [gemm, { opType: "Relu", input: [to], output: [`a${i + 1}`] }];
  });
  const initializer = layers.flatMap(({ inputs, units, weight, bias }, i) => [
    tensor(`W${i}`, [inputs, units], weight),
    tensor(`b${i}`, [units], bias),
  ]);
  const model = {
    irVersion: "8",
    opsetImport: [{ domain: "", version: "13" }],
    graph: {
      name: "perceptron",
      node: nodes,
      initializer,
      input: [valueInfo("x", widths[0])],
      output: [valueInfo("y", widths[widths.length - 1])],
    },
  };
  return toBinary(ModelProtoSchema, fromJson(ModelProtoSchema, model));
}

const float = 1; // TensorProto.DataType.FLOAT

function tensor(name: string, dims: readonly number[], numbers: Float32Array): object {
  const rawData = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");
  return { name, dims: dims.map(String), dataType: float, rawData };
}

/** Rows of so many numbers, as many rows as there are. */
function valueInfo(name: string, cols: number): object {
  const shape = { dim: [{ dimParam: "rows" }, { dimValue: String(cols) }] };
  return { name, type: { tensorType: { elemType: float, shape } } };
}
