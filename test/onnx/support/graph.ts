import {
  loadMessages,
  type NodeInit,
  type TensorInit,
  type ValueInfoInit,
} from "../../../src/onnx/messages.js";

const { encode } = await loadMessages("test");

/** A graph by its parts. Defaults: float input "x" [batch × 4], output "y", opset 17. */
export interface GraphParts {
  readonly nodes: readonly NodeInit[];
  readonly tensors?: readonly TensorInit[];
  readonly inputs?: readonly ValueInfoInit[];
  readonly outputs?: readonly string[];
  readonly opset?: number;
}

/** The bytes of a file with this graph. */
export function graphBytes({
  nodes,
  tensors = [],
  inputs = [port("x", [4])],
  outputs = ["y"],
  opset = 17,
}: GraphParts) {
  return encode({
    irVersion: 8n,
    opsetImport: [{ version: BigInt(opset) }],
    graph: {
      ...{ name: "graph", node: [...nodes], initializer: [...tensors], input: [...inputs] },
      output: outputs.map((name) => ({
        name,
        type: { value: { case: "tensorType", value: { elemType: 1 } } },
      })),
    },
  });
}

/** An input or output; a text is an axis of any length. Default: floats, of which there is any number of rows. */
export function port(
  name: string,
  row: readonly (number | string)[],
  elemType = 1,
  batch: number | string = "batch",
): ValueInfoInit {
  const dim = [batch, ...row].map((side) => ({
    value:
      typeof side === "number"
        ? { case: "dimValue" as const, value: BigInt(side) }
        : { case: "dimParam" as const, value: side },
  }));
  return { name, type: { value: { case: "tensorType", value: { elemType, shape: { dim } } } } };
}

/** A node from its inputs to its outputs, `node("Relu", "x", "y")`; several names stand apart by a space. */
export function node(
  opType: string,
  inputs: string,
  outputs: string,
  attributes: Readonly<Record<string, number | bigint | bigint[]>> = {},
): NodeInit {
  const attribute = Object.entries(attributes).map(([name, value]) => {
    if (typeof value === "number") return { name, type: 1, f: value };
    return typeof value === "bigint" ? { name, type: 2, i: value } : { name, type: 7, ints: value };
  });
  return {
    opType,
    name: `${opType} of ${outputs}`,
    input: inputs.split(" "),
    output: outputs.split(" "),
    attribute,
  };
}

/** Floats, row after row. Default: a list. */
export const floats = (
  name: string,
  numbers: readonly number[],
  dims: readonly number[] = [numbers.length],
): TensorInit => ({
  ...{ name, dataType: 1, dims: dims.map(BigInt), floatData: [...numbers] },
});

/** Whole numbers of 64 bits. Default: a list. */
export const integers = (
  name: string,
  numbers: readonly number[],
  dims: readonly number[] = [numbers.length],
): TensorInit => ({
  ...{ name, dataType: 7, dims: dims.map(BigInt), int64Data: numbers.map(BigInt) },
});
