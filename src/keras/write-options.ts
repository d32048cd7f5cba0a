import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { isNamed } from "../named.js";
import type { Parameter } from "../parameter.js";

/** A class of Keras with its config. */
interface Typed {
  readonly class_name: string;
  readonly config: object;
}

type Numbers = Readonly<Record<string, number>>;

const regularizers: Readonly<Record<string, (options: Numbers) => Typed>> = {
  l1: ({ lambda = 0.01 }) => typed("L1L2", { l1: lambda, l2: 0 }),
  l2: ({ lambda = 0.01 }) => typed("L1L2", { l1: 0, l2: lambda }),
  l1l2: ({ l1 = 0.01, l2 = 0.01 }) => typed("L1L2", { l1, l2 }),
};

const constraints: Readonly<Record<string, (options: Numbers) => Typed>> = {
  maxNorm: ({ max = 2 }) => typed("MaxNorm", { max_value: max, axis: 0 }),
  minMaxNorm: ({ min = 0, max = 1, rate = 1 }) =>
    typed("MinMaxNorm", { min_value: min, max_value: max, rate, axis: 0 }),
  nonNegative: () => typed("NonNeg", {}),
  unitNorm: () => typed("UnitNorm", { axis: 0 }),
};

const initializers: Readonly<Record<string, (options: Numbers) => Typed>> = {
  zeros: () => typed("Zeros", {}),
  ones: () => typed("Ones", {}),
  constant: ({ value }) => typed("Constant", { value }),
  identity: ({ gain = 1 }) => typed("Identity", { gain }),
  orthogonal: ({ gain = 1 }) => typed("Orthogonal", { gain, seed: null }),
  uniform: ({ low = -0.05, high = 0.05 }) =>
    typed("RandomUniform", { minval: low, maxval: high, seed: null }),
  normal: ({ mean = 0, standardDeviation = 0.05 }) =>
    typed("RandomNormal", { mean, stddev: standardDeviation, seed: null }),
  glorotUniform: () => variance(1, "fan_avg"),
  heUniform: () => variance(2, "fan_in"),
  lecunUniform: () => variance(1, "fan_in"),
};

const typed = (class_name: string, config: object): Typed => ({ class_name, config });

const variance = (scale: number, mode: string): Typed =>
  typed("VarianceScaling", { scale, mode, distribution: "uniform", seed: null });

/** What a parameter's penalty and constraint are in Keras. @throws ChainruleError for those that it has not */
export function penalties(
  layer: Layer,
  parameter: Parameter,
  prefix: string,
): Readonly<Record<string, Typed | null>> {
  return {
    [`${prefix}_regularizer`]: expressed(layer, parameter.regularizer, regularizers),
    [`${prefix}_constraint`]: expressed(layer, parameter.constraint, constraints),
  };
}

/** @throws ChainruleError for a penalty or a constraint on what Keras has none for */
export function expectFree(layer: Layer, parameters: readonly Parameter[]): void {
  for (const { name, regularizer, constraint } of parameters) {
    if (regularizer !== undefined || constraint !== undefined) {
      fail("toTensorFlowJs", `no penalty or constraint on ${JSON.stringify(name)}`, `one in ${layer}`);
    }
  }
}

/** How weights began; nothing where Keras has no such initializer, which changes none of the weights that are there. */
export function initializerAs(name: string, initializer: unknown): Readonly<Record<string, Typed>> {
  if (!isNamed(initializer) || !Object.hasOwn(initializers, initializer.type)) return {};
  return { [name]: initializers[initializer.type](initializer.options as Numbers) };
}

function expressed(
  layer: Layer,
  made: unknown,
  known: Readonly<Record<string, (options: Numbers) => Typed>>,
): Typed | null {
  if (made === undefined) return null;
  if (isNamed(made) && Object.hasOwn(known, made.type)) return known[made.type](made.options as Numbers);
  const got = isNamed(made) ? made.type : "a bare function";
  return fail("toTensorFlowJs", `one of ${Object.keys(known).join(", ")} in ${layer}`, got);
}
