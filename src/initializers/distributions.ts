import { fail } from "../errors.js";
import { type Named, named } from "../named.js";
import { checkOptions, finite, nonNegative, optional, positive } from "../options.js";
import { fillNormal, fillTruncated, fillUniform } from "./fill.js";
import type { Initializer } from "./initializer.js";

/** Uniform in [`low`, `high`). Defaults: −0.05 and 0.05. */
export function uniform(
  options: {
    /** The least value. Default: -0.05. */
    low?: number;
    /** What all values are below. Default: 0.05. */
    high?: number;
  } = {},
): Named<Initializer> {
  checkOptions("uniform", options, { low: optional(finite), high: optional(finite) });
  const { low = -0.05, high = 0.05 } = options;
  return named("uniform", options, (value, _, random) => fillUniform(value, low, high, random));
}

/** Normal with this mean and standard deviation. Defaults: 0 and 0.05. */
export function normal(
  options: {
    /** Default: 0. */
    mean?: number;
    /** Default: 0.05. */
    standardDeviation?: number;
  } = {},
): Named<Initializer> {
  checkOptions("normal", options, { mean: optional(finite), standardDeviation: optional(nonNegative) });
  const { mean = 0, standardDeviation = 0.05 } = options;
  return named("normal", options, (value, _, random) => fillNormal(value, mean, standardDeviation, random));
}

/** How many standard deviations from the mean the range may begin. */
const FARTHEST = 1000;

/**
 * Normal with this mean and standard deviation under the condition that the number is in [`low`, `high`], which are in
 * units of the value, as in PyTorch's trunc_normal_. Defaults: mean 0, standardDeviation 1, low −2, high 2.
 * @throws ChainruleError unless low < high, and the range comes within 1000 standard deviations of the mean
 */
export function truncatedNormal(
  options: {
    /** Before the cut. Default: 0. */
    mean?: number;
    /** Before the cut. Default: 1. */
    standardDeviation?: number;
    /** The least value. Default: -2. */
    low?: number;
    /** The largest value. Default: 2. */
    high?: number;
  } = {},
): Named<Initializer> {
  checkOptions("truncatedNormal", options, {
    mean: optional(finite),
    standardDeviation: optional(positive),
    low: optional(finite),
    high: optional(finite),
  });
  const { mean = 0, standardDeviation: deviation = 1, low = -2, high = 2 } = options;
  if (low >= high) fail("truncatedNormal", "`low` to be less than `high`", `${low} and ${high}`);
  const away = Math.max(low - mean, mean - high) / deviation;
  if (away > FARTHEST) {
    const expected = `a range within ${FARTHEST} standard deviations of the mean`;
    fail("truncatedNormal", expected, `one that begins ${away} away`, "`low` and `high` are values.");
  }
  return named("truncatedNormal", options, (value, _, random) => {
    fillTruncated(value, { mean, deviation, low, high }, random);
  });
}
