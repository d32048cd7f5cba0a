import { describe, didYouMean, fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { type Shape, sizeOf } from "../shape.js";
import { Config, classOf, own } from "./config.js";
import { isLinear, readActivation } from "./read-activations.js";
import { readBatchNorm, readLayerNorm, readRMSNorm } from "./read-norms.js";
import { plainLayers } from "./read-plain.js";
import { readActivityRegularizer, readDense, readEmbedding, readPReLU } from "./read-weighted.js";
import { type FrozenPart, LayerWeights, type Place, type Reading, type Step } from "./reading.js";

const weighted: Readonly<
  Record<string, (config: Config, input: Shape, weights: LayerWeights, reading: Reading) => Step>
> = {
  Dense: readDense,
  Embedding: readEmbedding,
  PReLU: readPReLU,
  BatchNormalization: readBatchNorm,
  LayerNormalization: readLayerNorm,
  RMSNormalization: readRMSNorm,
};

const known = [
  "InputLayer",
  "Activation",
  "Sequential",
  ...Object.keys(weighted),
  ...Object.keys(plainLayers),
];

/** How errors call a layer: `fromKeras, Dense "hidden",`. */
export const labelOf = (who: string, type: string, name: unknown): string =>
  `${who}, ${type}${typeof name === "string" ? ` ${describe(name)}` : ""},`;

/**
 * The layers that a layer of Keras becomes: itself, its activation, its penalty on activations.
 * @throws ChainruleError for one that this library has not, and for an option that it cannot express
 */
export function readLayer(reading: Reading, json: unknown, input: Shape, place: Place): Step {
  const type = classOf(json)?.name ?? "";
  const values = own(json, "config");
  const config = new Config(labelOf(reading.who, type, own(values, "name")), values);
  expectFloats(config);
  const weights = new LayerWeights(config.who, reading, place);
  const step = readOne(reading, type, config, input, weights);
  const activation = type === "Activation" ? undefined : config.any("activation");
  const parts: FrozenPart[] = [...step.parts];
  if (!isLinear(activation)) parts.push({ layer: activationOf(reading, config, activation, step.shape) });
  parts.push(...readActivityRegularizer(config));
  config.expectNothingElse();
  return { parts: parts.map((part) => frozen(part, config, reading)), shape: step.shape };
}

function readOne(reading: Reading, type: string, config: Config, input: Shape, weights: LayerWeights): Step {
  if (type === "Activation") {
    const layer = activationOf(reading, config, config.any("activation"), input);
    return { parts: [{ layer }], shape: input };
  }
  if (Object.hasOwn(weighted, type)) return weighted[type](config, input, weights, reading);
  if (!Object.hasOwn(plainLayers, type)) {
    const advice = didYouMean(type, known) || `Known are ${known.join(", ")}.`;
    return fail(config.who, "a layer that this library has", describe(type), advice);
  }
  const layer = plainLayers[type](config, input);
  const { shape } = layer.options as { shape?: Shape };
  return { parts: [{ layer }], shape: type === "Flatten" ? [sizeOf(input)] : (shape ?? input) };
}

function activationOf(reading: Reading, { who }: Config, activation: unknown, input: Shape): Layer {
  return readActivation(who, activation, input, reading, (json) => {
    const { name = "", config = {} } = classOf(json) ?? {};
    if (!Object.hasOwn(plainLayers, name)) {
      return fail(who, "an `activation` without weights", describe(name), "Make it a layer of its own.");
    }
    const inner = new Config(`${who} \`activation\``, config);
    const layer = plainLayers[name](inner, input);
    inner.expectNothingElse();
    return layer;
  });
}

/** A layer that is not trained, with all that is its own. */
function frozen(part: FrozenPart, config: Config, { unfreeze }: Reading): FrozenPart {
  if (config.any("trainable") !== false || unfreeze) return part;
  return { ...part, frozen: Object.keys(part.values ?? {}) };
}

/** @throws ChainruleError for numbers that are no floats, such as those of a quantized layer */
function expectFloats(config: Config): void {
  const dtype = dtypeName(config.any("dtype"));
  if (dtype === undefined || /^(float(16|32|64)|(mixed_)?b?float16)$/.test(dtype)) return;
  fail(config.who, "`dtype` of floats", describe(dtype), "Save the model before it is quantized.");
}

/** A dtype, or what a policy of Keras calls its dtype. */
export function dtypeName(dtype: unknown): string | undefined {
  const name = own(own(dtype, "config"), "name") ?? dtype;
  return typeof name === "string" ? name : undefined;
}
