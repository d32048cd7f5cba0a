import type { Layer } from "../layers/layer.js";
import { sizeOf } from "../shape.js";
import { arithmetic } from "./arithmetic.js";
import type { OnnxGraph, OnnxValue, OnnxWriter } from "./onnx-graph.js";

/** A row as one list of numbers. */
const flat = (graph: OnnxGraph, x: OnnxValue) => graph.shaped(x, [sizeOf(x.shape)]);

/** y = x·W + b */
const dense: OnnxWriter = (layer, graph, x) => {
  const { units } = layer.options as { units: number };
  const { cols, rows } = layer.parameters[0].value;
  const weight = graph.parameter(layer, "weight", [rows, cols]) as OnnxValue;
  const bias = graph.parameter(layer, "bias");
  return bias === undefined
    ? graph.node("MatMul", [flat(graph, x), weight], { shape: [units] })
    : graph.node("Gemm", [flat(graph, x), weight, bias], { shape: [units] });
};

/** y = weight[x] */
const embedding: OnnxWriter = (layer, graph, x) => {
  const { inputDim, outputDim } = layer.options as { inputDim: number; outputDim: number };
  const weight = graph.parameter(layer, "weight", [inputDim, outputDim]) as OnnxValue;
  const row = flat(graph, x);
  const indices = graph.node("Cast", [row], { attributes: { to: INT64 } });
  const shape = [sizeOf(x.shape), outputDim];
  return graph.node("Gather", [weight, indices], { attributes: { axis: 0n }, shape });
};
const INT64 = 7n;

/** y = x̂ ∘ γ + β, each if there is one */
function affine(layer: Layer, graph: OnnxGraph, inside: OnnxValue): OnnxValue {
  const { add, mul } = arithmetic(graph);
  const [weight, bias] = [graph.parameter(layer, "weight"), graph.parameter(layer, "bias")];
  const scaled = weight === undefined ? inside : mul(inside, weight);
  return bias === undefined ? scaled : add(scaled, bias);
}

/** The mean is taken twice, since the first is rounded: LayerNormalization loses digits far from 0. */
const layerNorm: OnnxWriter = (layer, graph, x) => {
  const { epsilon = 1e-5 } = layer.options as { epsilon?: number };
  const { sub, rowMean } = arithmetic(graph);
  const row = flat(graph, x);
  const near = sub(row, rowMean(row));
  return normalized(layer, graph, sub(near, rowMean(near)), epsilon, x);
};

const rmsNorm: OnnxWriter = (layer, graph, x) => {
  const { epsilon = graph.dtype === "float32" ? 2 ** -23 : 2 ** -52 } = layer.options as { epsilon?: number };
  return normalized(layer, graph, flat(graph, x), epsilon, x);
};

/** y = γ ∘ x / √(mean x² + ε) + β */
function normalized(
  layer: Layer,
  graph: OnnxGraph,
  row: OnnxValue,
  epsilon: number,
  x: OnnxValue,
): OnnxValue {
  const { div, sqrt, add, mul, rowMean } = arithmetic(graph);
  const xHat = div(row, sqrt(add(rowMean(mul(row, row)), epsilon)));
  return graph.shaped(affine(layer, graph, xHat), x.shape);
}

/** y = γ ∘ (x − μ) / √(σ² + ε) + β */
const batchNorm: OnnxWriter = (layer, graph, x) => {
  const { epsilon = 1e-5 } = layer.options as { epsilon?: number };
  const [mean, variance] = ["runningMean", "runningVariance"].map(
    (name) => graph.parameter(layer, name) as OnnxValue,
  );
  const row = flat(graph, x);
  const { sub, div, sqrt, add } = arithmetic(graph);
  // Runtimes fold statistics and weights into one line, in which an infinite weight makes NaN of all.
  const areFinite = layer.parameters.every(({ value }) => value.data.every(Number.isFinite));
  if (graph.dtype === "float64" || !areFinite) {
    const xHat = div(sub(row, mean), sqrt(add(variance, epsilon)));
    return graph.shaped(affine(layer, graph, xHat), x.shape);
  }
  const fill = (value: number) => graph.constant(new Float32Array(sizeOf(x.shape)).fill(value));
  const weight = graph.parameter(layer, "weight") ?? fill(1);
  const bias = graph.parameter(layer, "bias") ?? fill(0);
  const statistics = isFar(layer, epsilon)
    ? [sub(row, mean), weight, bias, fill(0), variance]
    : [row, weight, bias, mean, variance];
  const y = graph.node("BatchNormalization", statistics, { attributes: { epsilon } });
  return graph.shaped(y, x.shape);
};

/** Whether a mean is so many deviations from 0 that x/σ − μ/σ, which runtimes compute, would lose digits that matter. */
function isFar(layer: Layer, epsilon: number): boolean {
  const [means, variances] = layer.parameters.slice(-2).map(({ value }) => value.data);
  return means.some((mean, i) => Math.abs(mean) > FAR * Math.sqrt(variances[i] + epsilon));
}
const FAR = 16;

const prelu: OnnxWriter = (layer, graph, x) => {
  const { perUnit = false } = layer.options as { perUnit?: boolean };
  const slope = graph.parameter(layer, "slope", perUnit ? x.shape : [1]) as OnnxValue;
  if (graph.dtype === "float32") return graph.node("PRelu", [x, slope]);
  const { where, isAtMost, mul } = arithmetic(graph);
  return where(isAtMost(x, 0), mul(x, slope), x);
};

/** Operators of the numbers of a whole row. */
const ofRow =
  (operator: string, before?: string): OnnxWriter =>
  (_, graph, x) => {
    const row = flat(graph, x);
    const input = before === undefined ? row : graph.node(before, [row]);
    return graph.shaped(graph.node(operator, [input], { attributes: { axis: -1n } }), x.shape);
  };

/** [a | b] along the last side; v·σ(u) = v / (1 + e⁻ᵘ), since runtimes round their σ to 10⁻⁸. */
const gate =
  (
    f: (
      a: OnnxValue,
      b: OnnxValue,
      gated: (v: OnnxValue, u: OnnxValue) => OnnxValue,
      graph: OnnxGraph,
    ) => OnnxValue,
  ): OnnxWriter =>
  (_, graph, x) => {
    const shape = [...x.shape.slice(0, -1), x.shape[x.shape.length - 1] / 2];
    const [a, b] = graph.nodes("Split", [x], 2, { attributes: { axis: -1n }, shape });
    const { div, add, exp, neg } = arithmetic(graph);
    return f(a, b, (v, u) => div(v, add(exp(neg(u)), 1)), graph);
  };

/** Layers whose outputs depend on more than one number, or on parameters, by their type. */
export const rowWriters = (): Readonly<Record<string, OnnxWriter>> => ({
  ...{
    Dense: dense,
    Embedding: embedding,
    LayerNorm: layerNorm,
    RMSNorm: rmsNorm,
    BatchNorm: batchNorm,
    PReLU: prelu,
  },
  Softmax: ofRow("Softmax"),
  LogSoftmax: ofRow("LogSoftmax"),
  Softmin: ofRow("Softmax", "Neg"),
  GLU: gate((a, b, gated) => gated(a, b)),
  SwiGLU: gate((a, b, gated, graph) => arithmetic(graph).mul(gated(a, a), b)),
});
