import type { Layer } from "../layers/layer.js";
import { sizeOf } from "../shape.js";
import { arithmetic } from "./arithmetic.js";
import type { OnnxGraph, OnnxValue, OnnxWriter } from "./onnx-graph.js";

/** y = x + F(x) */
const residual: OnnxWriter = ({ options }, graph, x) => {
  const inside = graph.path((options as { layers: readonly Layer[] }).layers, x);
  return arithmetic(graph).add(x, graph.shaped(inside, x.shape));
};

type Merge = (outputs: readonly OnnxValue[], graph: OnnxGraph) => OnnxValue;

const sum: Merge = (outputs, graph) => graph.node("Sum", outputs);

/** How outputs of one shape become one, by the names of the option. */
const merges: Readonly<Record<string, Merge>> = {
  add: sum,
  average: (outputs, graph) => arithmetic(graph).div(sum(outputs, graph), outputs.length),
  multiply: (outputs, graph) => outputs.reduce((y, one) => arithmetic(graph).mul(y, one)),
  maximum: (outputs, graph) => graph.node("Max", outputs),
};

const parallel: OnnxWriter = ({ options }, graph, x) => {
  const { branches, merge = "concatenate" } = options as { branches: Layer[][]; merge?: string };
  const outputs = branches.map((layers) => graph.path(layers, x));
  if (merge !== "concatenate") {
    const { shape } = outputs[0];
    return merges[merge](
      outputs.map((one) => graph.shaped(one, shape)),
      graph,
    );
  }
  const rows = outputs.map((one) => graph.shaped(one, [sizeOf(one.shape)]));
  const width = rows.reduce((total, { shape }) => total + shape[0], 0);
  return graph.node("Concat", rows, { attributes: { axis: -1n }, shape: [width] });
};

/** Layers with others inside, by their type. */
export const compositeWriters = (): Readonly<Record<string, OnnxWriter>> => ({
  Residual: residual,
  Parallel: parallel,
});
