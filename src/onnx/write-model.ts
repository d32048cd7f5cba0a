import type { DType } from "../kernels/kernels.js";
import type { Shape } from "../shape.js";
import { VERSION } from "../version.js";
import type { Messages, ModelInit, NodeInit, TensorInit, ValueInfoInit } from "./messages.js";

/** What ONNX Runtime reads since 1.12, of 2022, and all that came later. */
const OPSET = 17n;
const IR_VERSION = 8n;

export interface ModelParts {
  readonly nodes: readonly NodeInit[];
  readonly tensors: readonly TensorInit[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly doc: string;
}

/** An input or output of the graph, [batch × shape]. */
export interface Port {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The message of a whole file. */
export function modelOf(messages: Messages, parts: ModelParts): ModelInit {
  const ports = (list: readonly Port[]) => list.map((port) => valueInfo(messages, port));
  return {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: OPSET }],
    producerName: "chainrule",
    producerVersion: VERSION,
    docString: parts.doc,
    metadataProps: Object.entries(parts.metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: "model",
      node: [...parts.nodes],
      initializer: [...parts.tensors],
      input: ports(parts.inputs),
      output: ports(parts.outputs),
    },
  };
}

function valueInfo({ DataType }: Messages, { name, shape, dtype }: Port): ValueInfoInit {
  const sides = shape.map((side) => ({ value: { case: "dimValue" as const, value: BigInt(side) } }));
  const batch = { value: { case: "dimParam" as const, value: "batch" } };
  const elemType = dtype === "float32" ? DataType.FLOAT : DataType.DOUBLE;
  return {
    name,
    type: { value: { case: "tensorType", value: { elemType, shape: { dim: [batch, ...sides] } } } },
  };
}
