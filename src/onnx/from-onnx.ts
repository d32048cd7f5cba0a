import type { Bytes } from "../io/bytes.js";
import { modelOfParts } from "../io/parts.js";
import type { LayerClass } from "../layers/layer.js";
import { Identity } from "../layers/reshape.js";
import type { Sequential } from "../model/sequential.js";
import { anything, callable, checkOptions, integer, optional, record } from "../options.js";
import { loadMessages } from "./messages.js";
import type { OnnxWriter } from "./onnx-graph.js";
import { Place } from "./place.js";
import { readChain } from "./read-chain.js";
import { type Graph, readGraph } from "./read-graph.js";
import { readOwn } from "./read-own.js";

const WHO = "fromOnnx";

export interface FromOnnxOptions {
  /** Where the random numbers of the model's training come from. Default: 0, or what a model of `toOnnx` had. */
  seed?: number;
  /** Your own layers' classes, to be found by their `type` in files of `toOnnx`. Default: none. */
  layers?: readonly LayerClass[];
  /** What `toOnnx` wrote your own layers with, its option `layers`. Default: none. */
  writers?: Readonly<Record<string, OnnxWriter>>;
}

const rules = () => ({
  seed: optional(integer(0)),
  layers: anything, // readModel looks at them
  writers: optional(record("functions by the type of their layer", callable("a function").accepts)),
});

/**
 * The model of an ONNX file, to be used, to be trained on, and to be sent on: a graph of one input and one output whose
 * first axis is the batch, made of what there are layers for, as PyTorch's exporter writes them: `Gemm`, `MatMul` with
 * `Add`, activations, normalizations, `Dropout`, `Gather`, changes of shape, and branches that begin and meet at one value
 * (`Residual`, `Parallel`). Halves are read as float32; a file in double gives a model of float64. Not compiled. A file of
 * `toOnnx` gives the very layers that it was written of. By the package `onnx-buf`.
 * @throws ChainruleError without the package, for bytes that are no such file, and for a node that no layer computes in the
 * same way, with its name and its operator
 */
export async function fromOnnx(bytes: Bytes, options: FromOnnxOptions = {}): Promise<Sequential> {
  checkOptions(WHO, options, rules());
  const messages = await loadMessages(WHO);
  const file = messages.decode(bytes);
  const graph = readGraph(file);
  return (await readOwn(WHO, messages, file, graph, options)) ?? modelOf(graph, options);
}

function modelOf(graph: Graph, { seed = 0 }: FromOnnxOptions): Sequential {
  const { input, output, nodes } = graph;
  const start = new Place(graph, input.name, input.row, input.type);
  const { parts, type } = readChain(start, output, nodes);
  const layers = parts.length === 0 ? [{ layer: new Identity() }] : parts;
  const shape = input.row.length === 0 ? [1] : input.row;
  const model = modelOfParts(WHO, layers, {
    ...{ input: shape, seed },
    dtype: type === "float64" ? "float64" : "float32",
  });
  const frozen = new Set(parts.flatMap((part, i) => (part.frozen ?? []).map((name) => `${i}.${name}`)));
  for (const parameter of model.parameters) if (frozen.has(parameter.name)) parameter.trainable = false;
  return model;
}
