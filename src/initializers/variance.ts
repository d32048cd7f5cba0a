import { type Named, named } from "../named.js";
import { checkOptions, oneOf, optional, positive } from "../options.js";
import { fillNormal, fillTruncated, fillUniform } from "./fill.js";
import type { Fan, Initializer } from "./initializer.js";

/** Uniform in ±√(6 / (fanIn + fanOut)). X. Glorot and Y. Bengio, 2010. */
export function glorotUniform(): Named<Initializer> {
  return uniformByVariance("glorotUniform", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
}

/** Normal with variance 2 / (fanIn + fanOut). X. Glorot and Y. Bengio, 2010. */
export function glorotNormal(): Named<Initializer> {
  return normalByVariance("glorotNormal", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
}

/** Uniform in ±√(6 / fanIn), for layers before a ReLU. K. He et al., 2015. */
export function heUniform(): Named<Initializer> {
  return uniformByVariance("heUniform", ({ fanIn }) => 2 / fanIn);
}

/** Normal with variance 2 / fanIn, for layers before a ReLU. K. He et al., 2015. */
export function heNormal(): Named<Initializer> {
  return normalByVariance("heNormal", ({ fanIn }) => 2 / fanIn);
}

/** Uniform in ±√(3 / fanIn). Y. LeCun et al., "Efficient BackProp", 1998. */
export function lecunUniform(): Named<Initializer> {
  return uniformByVariance("lecunUniform", ({ fanIn }) => 1 / fanIn);
}

/** Normal with variance 1 / fanIn. Y. LeCun et al., "Efficient BackProp", 1998. */
export function lecunNormal(): Named<Initializer> {
  return normalByVariance("lecunNormal", ({ fanIn }) => 1 / fanIn);
}

/** A uniform distribution over ±limit has variance limit² / 3. */
function uniformByVariance(type: string, variance: (fan: Fan) => number): Named<Initializer> {
  return named(type, {}, (value, fan, random) => {
    const limit = Math.sqrt(3 * variance(fan));
    fillUniform(value, -limit, limit, random);
  });
}

function normalByVariance(type: string, variance: (fan: Fan) => number): Named<Initializer> {
  return named(type, {}, (value, fan, random) => fillNormal(value, 0, Math.sqrt(variance(fan)), random));
}

export interface VarianceScalingOptions {
  /** Default: 1. */
  scale?: number;
  /** What n counts: the inputs, the outputs, or the mean of both. Default: "fanIn". */
  mode?: "fanIn" | "fanOut" | "fanAverage";
  /** Default: "truncatedNormal". */
  distribution?: "normal" | "truncatedNormal" | "uniform";
}

/** The standard deviation of a normal distribution with deviation 1 that is cut at ±2. */
const DEVIATION_WITHIN_2 = 0.8796256610342398;

/**
 * Mean 0 and variance `scale` / n, where n is the number of inputs, of outputs, or the mean of both. The truncated
 * normal is cut at twice the deviation that gives it this variance. As Keras's VarianceScaling.
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Named<Initializer> {
  checkOptions("varianceScaling", options, {
    scale: optional(positive),
    mode: optional(oneOf("fanIn", "fanOut", "fanAverage")),
    distribution: optional(oneOf("normal", "truncatedNormal", "uniform")),
  });
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal" } = options;
  const count = (fan: Fan) => (mode === "fanAverage" ? (fan.fanIn + fan.fanOut) / 2 : fan[mode]);
  return named("varianceScaling", options, (value, fan, random) => {
    const deviation = Math.sqrt(scale / Math.max(1, count(fan)));
    const limit = Math.sqrt(3) * deviation;
    const whole = deviation / DEVIATION_WITHIN_2;
    if (distribution === "uniform") fillUniform(value, -limit, limit, random);
    else if (distribution === "normal") fillNormal(value, 0, deviation, random);
    else fillTruncated(value, { mean: 0, deviation: whole, low: -2 * whole, high: 2 * whole }, random);
  });
}
