import {
  constant,
  glorotUniform,
  heUniform,
  type Initializer,
  identity,
  lecunUniform,
  normal,
  ones,
  orthogonal,
  truncatedNormal,
  uniform,
  varianceScaling,
  zeros,
} from "../initializers.js";
import { type Config, classOf, own } from "./config.js";

/**
 * An option of a layer that says how its weights began, by its name; nothing where this library has no such initializer:
 * the weights are those of the file, and only new ones would differ.
 */
export function initializer<Name extends string>(
  config: Config,
  option: string,
  as: Name,
): Partial<Record<Name, Initializer>> {
  const found = classOf(config.any(option));
  if (found === undefined) return {};
  let made: Initializer | undefined;
  try {
    made = initializerOf(found.name, found.config);
  } catch {
    made = undefined; // with options out of its range
  }
  return made === undefined ? {} : ({ [as]: made } as Record<Name, Initializer>);
}

/** The normal ones of Keras are cut at two standard deviations, where they follow a variance. */
function initializerOf(name: string, config: unknown): Initializer | undefined {
  const number = (option: string, fallback: number): number => {
    const value = own(config, option) ?? fallback;
    return typeof value === "number" ? value : Number.NaN;
  };
  switch (name.toLowerCase().replaceAll("_", "")) {
    case "zeros":
      return zeros();
    case "ones":
      return ones();
    case "constant":
      return constant({ value: number("value", 0) });
    case "identity":
    case "identityinitializer":
      return identity({ gain: number("gain", 1) });
    case "orthogonal":
    case "orthogonalinitializer":
      return orthogonal({ gain: number("gain", 1) });
    case "randomuniform":
      return uniform({ low: number("minval", -0.05), high: number("maxval", 0.05) });
    case "randomnormal":
      return normal({ mean: number("mean", 0), standardDeviation: number("stddev", 0.05) });
    case "truncatednormal": {
      const [mean, deviation] = [number("mean", 0), number("stddev", 0.05)];
      const range = { low: mean - 2 * deviation, high: mean + 2 * deviation };
      return truncatedNormal({ mean, standardDeviation: deviation, ...range });
    }
    case "glorotuniform":
      return glorotUniform();
    case "heuniform":
      return heUniform();
    case "lecununiform":
      return lecunUniform();
    case "glorotnormal":
      return varianceScaling({ mode: "fanAverage" });
    case "henormal":
      return varianceScaling({ scale: 2 });
    case "lecunnormal":
      return varianceScaling();
    case "variancescaling":
      return scaling(number("scale", 1), own(config, "mode"), own(config, "distribution"));
    default:
      return undefined;
  }
}

const modes = { fan_in: "fanIn", fan_out: "fanOut", fan_avg: "fanAverage" } as const;
const distributions = {
  normal: "truncatedNormal",
  truncated_normal: "truncatedNormal",
  untruncated_normal: "normal",
  uniform: "uniform",
} as const;

function scaling(scale: number, mode: unknown = "fan_in", distribution: unknown = "truncated_normal") {
  const isKnown = Object.hasOwn(modes, String(mode)) && Object.hasOwn(distributions, String(distribution));
  if (!isKnown) return undefined;
  if (scale === 1 && mode === "fan_avg" && distribution === "uniform") return glorotUniform();
  return varianceScaling({
    scale,
    mode: modes[mode as keyof typeof modes],
    distribution: distributions[distribution as keyof typeof distributions],
  });
}
