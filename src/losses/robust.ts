import { exp, expm1 } from "../numeric/exponential.js";
import { tanh } from "../numeric/hyperbolic.js";
import { log1p } from "../numeric/logarithm.js";
import { checkOptions, nonNegative, optional, type Rule } from "../options.js";
import type { Loss } from "./loss.js";
import { elementwise, type Formula } from "./per-number.js";

/**
 * l = ½·e²/β where |e| < β, else |e| − ½·β, with e = p − t: huber over its δ. Mean over columns. Default: beta 1; with
 * 0 it is meanAbsoluteError. Prediction and targets: [rows × columns]. R. Girshick, "Fast R-CNN", 2015.
 * @throws ChainruleError for a beta below 0
 */
export function smoothL1(
  options: {
    /** The error from which on it grows straight. Default: 1. */
    beta?: number;
  } = {},
): Loss {
  checkOptions("smoothL1", options, { beta: optional(nonNegative) });
  // Where β is 0, that which is next to it has the sign of e as slope too.
  return elementwise({ name: "smoothL1" }, smoothFormula, Math.max(options.beta ?? 1, Number.MIN_VALUE));
}

/** By the slope s, e/β cut off at ±1: l = s·(e − ½·β·s). */
const smoothFormula: Formula = {
  common: (p, t, beta) => Math.max(-1, Math.min(1, (p - t) / beta)),
  f: (p, t, slope, beta) => slope * (p - t - 0.5 * beta * slope),
  df: (_p, _t, slope) => slope,
};

/** l = ln cosh(p − t), mean over columns; derivative tanh(p − t). Prediction and targets: [rows × columns]. */
export function logCosh(): Loss {
  return elementwise(
    { name: "logCosh" },
    { f: (_p, _t, e) => logOfCosh(Math.abs(e)), df: (_p, _t, e) => tanh(e) },
  );
}

/**
 * Of e ≥ 0: ln(1 + 2·sinh²(e/2)), which keeps the digits of a small one; e + ln(1 + e⁻²ᵉ) − ln 2, which cannot
 * overflow.
 */
function logOfCosh(e: number): number {
  if (e >= 1) return e - Math.LN2 + log1p(exp(-2 * e));
  const m = expm1(e / 2);
  const sinh = 0.5 * (m + m / (1 + m));
  return log1p(2 * sinh * sinh);
}

const inside: Rule = {
  expected: "a number above 0 and below 1",
  accepts: (v) => typeof v === "number" && v > 0 && v < 1,
};

/**
 * Pinball loss: l = q·(t − p) where p ≤ t, else (1 − q)·(p − t), mean over columns: least at the q-quantile of t. The
 * derivative is 0 where they are equal. Default: quantile q 0.5, half of meanAbsoluteError.
 * Prediction and targets: [rows × columns]. R. Koenker and G. Bassett, "Regression quantiles", 1978.
 * @throws ChainruleError for a quantile that is not between 0 and 1
 */
export function quantile(
  options: {
    /** Which quantile to predict, between 0 and 1. Default: 0.5, the median. */
    quantile?: number;
  } = {},
): Loss {
  checkOptions("quantile", options, { quantile: optional(inside) });
  return elementwise({ name: "quantile" }, pinballFormula, options.quantile ?? 0.5);
}

const pinballFormula: Formula = {
  f: (p, t, _, q) => (p <= t ? q * (t - p) : (1 - q) * (p - t)),
  df: (p, t, _, q) => (p < t ? -q : p > t ? 1 - q : 0),
};
