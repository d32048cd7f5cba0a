import { modelOfParts } from "../io/parts.js";
import { Identity } from "../layers/reshape.js";
import type { Sequential } from "../model/sequential.js";
import { checkOptions, integer, optional } from "../options.js";
import { loadMessages } from "./messages.js";
import { Place } from "./place.js";
import { readChain } from "./read-chain.js";
import { readGraph } from "./read-graph.js";

const WHO = "fromOnnx";

export interface FromOnnxOptions {
  /** Where the random numbers of the model's training come from. Default: 0. */
  seed?: number;
}

/**
 * The model of an ONNX file, to be used, to be trained on, and to be sent on: a graph of one input and one output whose
 * first axis is the batch, made of what there are layers for, as PyTorch's exporter writes them: `Gemm`, `MatMul` with
 * `Add`, activations, normalizations, `Dropout`, `Gather`, changes of shape, and branches that begin and meet at one value
 * (`Residual`, `Parallel`). Halves are read as float32; a file in double gives a model of float64. Not compiled. By the
 * package `onnx-buf`.
 * @throws ChainruleError without the package, for bytes that are no such file, and for a node that no layer computes in the
 * same way, with its name and its operator
 */
export async function fromOnnx(bytes: Uint8Array, options: FromOnnxOptions = {}): Promise<Sequential> {
  checkOptions(WHO, options, { seed: optional(integer(0)) });
  const messages = await loadMessages(WHO);
  const graph = readGraph(messages.decode(bytes));
  const { input, output, nodes } = graph;
  const start = new Place(graph, input.name, input.row, input.type);
  const { parts, type } = readChain(start, output, nodes);
  const shape = input.row.length === 0 ? [1] : input.row;
  const all = parts.length === 0 ? [{ layer: new Identity() }] : parts;
  const model = modelOfParts(WHO, all, {
    ...options,
    input: shape,
    dtype: type === "float64" ? "float64" : "float32",
  });
  const frozen = parts.flatMap((part, i) => (part.frozen ?? []).map((name) => `${i}.${name}`));
  for (const parameter of model.parameters) if (frozen.includes(parameter.name)) parameter.trainable = false;
  return model;
}
