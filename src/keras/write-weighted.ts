import type { Layer } from "../layers/layer.js";
import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";
import type { Shape } from "../shape.js";
import { oneMinus } from "./read-norms.js";
import { expectFree, initializerAs, penalties } from "./write-options.js";
import { type KerasLayer, type KerasWeight, parameterOf, trainable } from "./writing.js";

type Options = Readonly<Record<string, unknown>>;

const row = (name: string, { value }: Parameter, shape: Shape = [value.cols]): KerasWeight => ({
  ...{ name, shape, value },
});

/** A parameter that the layer has. */
const the = (layer: Layer, name: string): Parameter => parameterOf(layer, name) as Parameter;

export function writeDense(layer: Layer): KerasLayer {
  const { units, useBias = true, weightInitializer, biasInitializer } = layer.options as Options;
  const [weight, bias] = [the(layer, "weight"), parameterOf(layer, "bias")];
  if (bias !== undefined) expectFree(layer, [bias]);
  const { rows, cols } = weight.value;
  return {
    type: "Dense",
    config: {
      ...{ units, activation: "linear", use_bias: useBias, ...trainable(layer, ["weight", "bias"]) },
      ...initializerAs("kernel_initializer", weightInitializer),
      ...initializerAs("bias_initializer", biasInitializer),
      ...penalties(layer, weight, "kernel"),
    },
    weights: [
      { name: "kernel", shape: [rows, cols], value: weight.value },
      ...(bias ? [row("bias", bias)] : []),
    ],
  };
}

export function writeEmbedding(layer: Layer, input: Shape): KerasLayer {
  const { inputDim, outputDim, weightInitializer } = layer.options as Options;
  const weight = the(layer, "weight");
  const { rows, cols } = weight.value;
  return {
    type: "Embedding",
    config: {
      ...{ input_dim: inputDim, output_dim: outputDim, input_length: input[0], mask_zero: false },
      ...trainable(layer, ["weight"]),
      ...initializerAs("embeddings_initializer", weightInitializer),
      ...penalties(layer, weight, "embeddings"),
    },
    weights: [{ name: "embeddings", shape: [rows, cols], value: weight.value }],
  };
}

export function writePReLU(layer: Layer, input: Shape): KerasLayer {
  const { initialSlope = 0.25, perUnit = false } = layer.options as Options;
  const slope = the(layer, "slope");
  expectFree(layer, [slope]);
  return {
    type: "PReLU",
    config: {
      ...trainable(layer, ["slope"]),
      alpha_initializer: { class_name: "Constant", config: { value: initialSlope } },
      shared_axes: perUnit ? null : input.map((_, i) => i + 1),
    },
    weights: [row("alpha", slope, perUnit ? input : input.map(() => 1))],
  };
}

/** Running statistics in Keras move by 1 − momentum. */
export function writeBatchNorm(layer: Layer): KerasLayer {
  const { momentum = 0.1, epsilon = 1e-5 } = layer.options as { momentum?: number; epsilon?: number };
  const { config, weights } = scaling(layer);
  const [mean, variance] = [the(layer, "runningMean"), the(layer, "runningVariance")];
  return {
    type: "BatchNormalization",
    config: { axis: -1, momentum: oneMinus(momentum), epsilon, ...config },
    weights: [...weights, row("moving_mean", mean), row("moving_variance", variance)],
  };
}

export function writeLayerNorm(layer: Layer): KerasLayer {
  const { epsilon = 1e-5 } = layer.options as { epsilon?: number };
  const { config, weights } = scaling(layer);
  return { type: "LayerNormalization", config: { axis: -1, epsilon, ...config }, weights };
}

/** γ and β, but for frozen ones of 1 and of 0, which Keras leaves out. */
function scaling(layer: Layer) {
  const [gamma, beta] = [parameterOf(layer, "weight"), parameterOf(layer, "bias")];
  expectFree(
    layer,
    [gamma, beta].filter((one) => one !== undefined),
  );
  const mixed = gamma?.trainable !== beta?.trainable;
  const scale = gamma !== undefined && !(mixed && !gamma.trainable && isAll(gamma.value, 1));
  const center = beta !== undefined && !(mixed && !beta.trainable && isAll(beta.value, 0));
  const kept = [...(scale ? ["weight"] : []), ...(center ? ["bias"] : [])];
  return {
    config: { scale, center, ...trainable(layer, kept) },
    weights: [...(scale ? [row("gamma", gamma)] : []), ...(center ? [row("beta", beta)] : [])],
  };
}

const isAll = ({ data }: Matrix, value: number): boolean => data.every((x: number) => x === value);
