import { fail } from "../errors.js";
import { ELU, LeakyReLU, ReLU } from "../layers/activations.js";
import { ActivityRegularization } from "../layers/activity-regularization.js";
import { Dropout } from "../layers/dropout.js";
import { HardTanh } from "../layers/hard-activations.js";
import type { Layer } from "../layers/layer.js";
import { AlphaDropout, GaussianDropout, GaussianNoise } from "../layers/noise.js";
import { ReLU6, Threshold } from "../layers/rectifiers.js";
import { Flatten, Identity, Reshape } from "../layers/reshape.js";
import { Softmax } from "../layers/softmax.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import type { Config } from "./config.js";
import { expectOneSide } from "./reading.js";

/** Layers without weights, by Keras's names: the layer, from the config and the shape of its rows. */
export const plainLayers: Readonly<Record<string, (config: Config, input: Shape) => Layer>> = {
  ReLU: readReLU,
  LeakyReLU: (config) => new LeakyReLU({ negativeSlope: config.number(0.3, "negative_slope", "alpha") }),
  ELU: (config) => new ELU({ alpha: config.number(1, "alpha") }),
  ThresholdedReLU: (config) => new Threshold({ threshold: config.number(1, "theta") }),
  Softmax: readSoftmax,
  Dropout: (config) => new Dropout({ rate: config.number(undefined, "rate") }),
  GaussianDropout: (config) => new GaussianDropout({ rate: config.number(undefined, "rate") }),
  AlphaDropout: (config) => new AlphaDropout({ rate: config.number(undefined, "rate") }),
  GaussianNoise: (config) =>
    new GaussianNoise({ standardDeviation: config.number(undefined, "stddev", "std") }),
  Flatten: readFlatten,
  Reshape: readReshape,
  ActivityRegularization: (config) =>
    new ActivityRegularization({ l1: config.number(0, "l1"), l2: config.number(0, "l2") }),
  Identity: () => new Identity(),
};

/** y = min(max(x, 0), max), or with a slope below 0, or 0 up to a threshold: one of these. */
function readReLU(config: Config): Layer {
  const max = config.any("max_value") === undefined ? undefined : config.number(undefined, "max_value");
  const slope = config.number(0, "negative_slope");
  const threshold = config.number(0, "threshold");
  if ([max !== undefined, slope !== 0, threshold !== 0].filter(Boolean).length > 1) {
    fail(config.who, "one of `max_value`, `negative_slope` and `threshold`", "several", "Part the layer.");
  }
  if (max !== undefined) return max === 6 ? new ReLU6() : new HardTanh({ min: 0, max });
  if (slope !== 0) return new LeakyReLU({ negativeSlope: slope });
  return threshold === 0 ? new ReLU() : new Threshold({ threshold });
}

function readSoftmax(config: Config, input: Shape): Layer {
  expectOneSide(config.who, input);
  const [axis = -1, ...more] = config.integers("axis") ?? [];
  if (more.length > 0 || (axis !== -1 && axis !== 1)) fail(config.who, "`axis` to be −1", String(axis));
  return new Softmax();
}

function readFlatten(config: Config, input: Shape): Layer {
  const order = config.any("data_format");
  if (order === "channels_first" && input.length > 1) {
    const advice = "It puts the channels last before it flattens.";
    fail(config.who, '`data_format` to be "channels_last"', '"channels_first"', advice);
  }
  return new Flatten();
}

/** −1 stands for what is left. */
function readReshape(config: Config, input: Shape): Layer {
  const wanted = config.integers("target_shape");
  if (wanted === undefined || wanted.length === 0) return fail(config.who, "a `target_shape`", "none");
  const known = sizeOf(wanted.filter((side) => side !== -1));
  const shape = wanted.map((side) => (side === -1 ? sizeOf(input) / known : side));
  if (wanted.filter((side) => side === -1).length > 1 || shape.some((side) => !(side >= 1 && side % 1 === 0)))
    fail(config.who, `a \`target_shape\` of ${sizeOf(input)} numbers`, formatShape(wanted));
  return new Reshape({ shape });
}
