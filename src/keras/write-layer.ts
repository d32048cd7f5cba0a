import type { Layer } from "../layers/layer.js";
import type { Shape } from "../shape.js";
import { writeBatchNorm, writeDense, writeEmbedding, writeLayerNorm, writePReLU } from "./write-weighted.js";
import { cannot, type KerasLayer, type LayerWriter } from "./writing.js";

type Options = Readonly<Record<string, unknown>>;

const of = (type: string, config: (options: Options) => object = () => ({})): LayerWriter => {
  return ({ options }) => ({ type, config: { ...config(options as Options) } });
};

const activation = (name: string): LayerWriter => of("Activation", () => ({ activation: name }));

/** Only with this value of an option, which is also its default. */
const onlyWith = (option: string, value: unknown, writer: LayerWriter): LayerWriter => {
  return (layer, input) => {
    const { [option]: given = value } = layer.options as Options;
    return given === value ? writer(layer, input) : cannot(layer, `\`${option}\``);
  };
};

/** By the types of this library's layers. */
const writers: Readonly<Record<string, LayerWriter>> = {
  Dense: writeDense,
  Embedding: writeEmbedding,
  PReLU: writePReLU,
  BatchNorm: writeBatchNorm,
  LayerNorm: writeLayerNorm,
  Identity: activation("linear"),
  ReLU: activation("relu"),
  ReLU6: activation("relu6"),
  SELU: activation("selu"),
  Sigmoid: activation("sigmoid"),
  Tanh: activation("tanh"),
  SiLU: activation("swish"),
  Mish: activation("mish"),
  Softsign: activation("softsign"),
  Softmax: activation("softmax"),
  LogSoftmax: activation("log_softmax"),
  Softplus: onlyWith("beta", 1, activation("softplus")),
  // Its gelu_new is written as geluNew, which it then does not find.
  GELU: onlyWith("approximate", "none", activation("gelu")),
  ELU: onlyWith("alpha", 1, activation("elu")),
  LeakyReLU: of("LeakyReLU", ({ negativeSlope = 0.01 }) => ({ alpha: negativeSlope })),
  Threshold: onlyWith(
    "value",
    0,
    of("ThresholdedReLU", ({ threshold = 0 }) => ({ theta: threshold })),
  ),
  HardTanh: writeHardTanh,
  Dropout: of("Dropout", ({ rate }) => ({ rate })),
  GaussianDropout: of("GaussianDropout", ({ rate }) => ({ rate })),
  AlphaDropout: of("AlphaDropout", ({ rate }) => ({ rate })),
  GaussianNoise: of("GaussianNoise", ({ standardDeviation }) => ({ stddev: standardDeviation })),
  // It refuses rows of one side, which there is nothing to flatten of.
  Flatten: (layer, input) => (input.length === 1 ? activation("linear") : of("Flatten"))(layer, input),
  Reshape: of("Reshape", ({ shape }) => ({ target_shape: shape })),
};

/** Keras has these work along the last side of a row alone; here they work on whole rows. */
const onWholeRows = ["Dense", "Embedding", "BatchNorm", "LayerNorm", "Softmax", "LogSoftmax"];

/**
 * A layer in Keras's words, between a Flatten and a Reshape where rows have several sides and Keras would go by the last.
 * @throws ChainruleError for a layer or an option that TensorFlow.js has not
 */
export function writeLayer(layer: Layer, input: Shape, output: Shape): readonly KerasLayer[] {
  if (!Object.hasOwn(writers, layer.type)) return cannot(layer, "the layer", adviceFor(layer.type));
  if (input.length === 1 || !onWholeRows.includes(layer.type)) return [writers[layer.type](layer, input)];
  const flat = [input.reduce((product, side) => product * side, 1)];
  const written = [{ type: "Flatten", config: {} }, writers[layer.type](layer, flat)];
  const isAsItWas = output.length > 1 && layer.type !== "Embedding";
  return isAsItWas ? [...written, { type: "Reshape", config: { target_shape: output } }] : written;
}

/** From 0 to a number it is a ReLU. */
function writeHardTanh(layer: Layer): KerasLayer {
  const { min = -1, max = 1 } = layer.options as { min?: number; max?: number };
  if (min !== 0) return cannot(layer, "`min`", "Only 0 can be written.");
  return { type: "ReLU", config: { max_value: max } };
}

function adviceFor(type: string): string {
  if (type === "HardSigmoid") return "Its hardSigmoid is another one: 0.2·x + 0.5 between 0 and 1.";
  if (type === "ActivityRegularization")
    return "Predictions do not depend on it: write a model without it, with the same weights.";
  return "Put layers in its place that it has, or write ONNX.";
}
