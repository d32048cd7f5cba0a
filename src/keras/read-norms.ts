import { fail } from "../errors.js";
import { BatchNorm } from "../layers/batch-norm.js";
import { LayerNorm, RMSNorm } from "../layers/row-norms.js";
import { Matrix } from "../matrix.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import type { Config } from "./config.js";
import { expectOneSide, type FrozenPart, type LayerWeights, type Reading, type Step } from "./reading.js";

const initializers = ["beta", "gamma", "moving_mean", "moving_variance"].map((name) => `${name}_initializer`);

/** 1 − x without the digits that the subtraction makes up: 1 − 0.99 is 0.01. */
export const oneMinus = (x: number): number => Number((1 - x).toPrecision(15));

/** γ and β, [1 × units]. Where Keras has only one of them the other is 1 or 0, and frozen. */
function scaling(config: Config, weights: LayerWeights, shape: Shape): Required<FrozenPart>["values"] {
  const [scale, center] = [config.flag(true, "scale"), config.flag(true, "center")];
  config.ignore(...initializers);
  const gamma = scale ? weights.row("gamma", shape) : undefined;
  const beta = center ? weights.row("beta", shape) : undefined;
  const given = gamma ?? beta;
  if (given === undefined) return {};
  const filled = (value: number) => Matrix.full(1, given.cols, value, given.dtype);
  return { weight: gamma ?? filled(1), bias: beta ?? filled(0) };
}

const left = (config: Config): string[] => [
  ...(config.any("scale") === false ? ["weight"] : []),
  ...(config.any("center") === false ? ["bias"] : []),
];

/** Running statistics in Keras move by 1 − momentum. */
export function readBatchNorm(
  config: Config,
  input: Shape,
  weights: LayerWeights,
  { frozenNormsRest, unfreeze }: Reading,
): Step {
  const [axis = -1, ...more] = config.integers("axis") ?? [];
  expectOneSide(config.who, input);
  if (more.length > 0 || (axis !== -1 && axis !== 1)) fail(config.who, "`axis` to be −1", String(axis));
  if (frozenNormsRest && config.any("trainable") === false && !unfreeze) {
    const advice =
      "A frozen one goes by its running statistics in Keras, even in training. { unfreeze: true } reads it as trainable.";
    fail(config.who, "a layer that is trained", "a frozen one", advice);
  }
  config.ignore("renorm_momentum");
  const momentum = oneMinus(config.number(0.99, "momentum"));
  const scaled = scaling(config, weights, input);
  const layer = new BatchNorm({
    epsilon: config.number(1e-3, "epsilon"),
    momentum,
    ...(scaled.weight === undefined && { affine: false }),
  });
  const runningMean = weights.row("moving_mean", input);
  const runningVariance = weights.row("moving_variance", input);
  const frozen = left(config);
  return { parts: [{ layer, values: { ...scaled, runningMean, runningVariance }, frozen }], shape: input };
}

/** Along all sides of a row. */
export function readLayerNorm(config: Config, input: Shape, weights: LayerWeights): Step {
  expectAllSides(config, input);
  const values = scaling(config, weights, input);
  const epsilon = config.number(1e-3, "epsilon");
  const layer = new LayerNorm({ epsilon, ...(values.weight === undefined && { affine: false }) });
  return { parts: [{ layer, values, frozen: left(config) }], shape: input };
}

/** Keras's default ε is 10⁻⁶. */
export function readRMSNorm(config: Config, input: Shape, weights: LayerWeights): Step {
  expectAllSides(config, input);
  const layer = new RMSNorm({ epsilon: config.number(1e-6, "epsilon") });
  return { parts: [{ layer, values: { weight: weights.row("scale", input) } }], shape: input };
}

function expectAllSides(config: Config, input: Shape): void {
  const axes = (config.integers("axis") ?? [-1]).map((axis) => (axis < 0 ? axis + input.length : axis - 1));
  const isAll = sizeOf(input) === 1 || input.every((_, i) => axes.includes(i));
  if (!isAll) fail(config.who, `\`axis\` to be all sides of ${formatShape(input)}`, "some of them");
}
