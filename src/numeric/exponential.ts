import { scale } from "./binary.js";
import { sumError } from "./round-off.js";
import { ROOTS, stepsHigh, stepsLow } from "./steps.js";

/** round(32x / ln 2), the n of eˣ = 2^(n/32) · eʳ. */
function stepsIn(x: number): number {
  // Adding 1.5·2⁵² and taking it away again is the cheapest rounding to a whole number.
  const stepsPerUnit = 46.16624130844683;
  const rounder = 6755399441055744;
  return x * stepsPerUnit + rounder - rounder;
}

/** r = x − n·ln 2/32, so |r| ≤ ln 2 / 64. */
function beyondSteps(x: number, n: number): number {
  return x - stepsHigh(n) - stepsLow(n);
}

/** eʳ − 1 by the first six terms of its series, to 2⁻⁵⁸. */
function smallExpm1(r: number): number {
  const r2 = r * r;
  return r + r2 * (1 / 2 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720)));
}

/** e^(x + tail), within 0.6 ulp, for a tail of at most a few ulp of x. */
export function expOfSum(x: number, tail: number): number {
  // Beyond these limits the result is 0 or Infinity; without them n would leave the table.
  const limited = Math.max(-746, Math.min(710, x));
  const n = stepsIn(limited);
  const j = 2 * (n & 31);
  const root = ROOTS[j];
  const correction = ROOTS[j + 1] + root * smallExpm1(beyondSteps(limited, n) + tail);
  return scale(root + correction, n >> 5);
}

/** eˣ = high + low to 2⁻⁵⁸ of its size, for |x| ≤ 100. Returns high, and leaves low in `rest[0]`. */
export function expInto(rest: Float64Array, x: number): number {
  const n = stepsIn(x);
  const j = 2 * (n & 31);
  const root = ROOTS[j];
  const correction = ROOTS[j + 1] + root * smallExpm1(beyondSteps(x, n));
  const high = root + correction;
  rest[0] = scale(root - high + correction, n >> 5);
  return scale(high, n >> 5);
}

/**
 * **eˣ = 2^(n/32) · eʳ**, where n = round(32x / ln 2) and |r| ≤ ln 2 / 64: an entry of a table times a short series.
 * Within 0.6 ulp (0.8 where the result is subnormal). −∞ ↦ 0, ∞ ↦ ∞.
 */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

const rest = /* @__PURE__ */ new Float64Array(1);

/**
 * **eˣ − 1**, with all its digits where eˣ ≈ 1. Within 0.9 ulp. ±0 ↦ ±0, −∞ ↦ −1, ∞ ↦ ∞.
 * Near 0 by the series; elsewhere from eˣ in two parts, since the subtraction brings the second one to light.
 */
export function expm1(x: number): number {
  if (Math.abs(x) < 0.1) return x === 0 ? x : seriesOfExpm1(x);
  if (x > 40) return exp(x);
  const high = expInto(rest, Math.max(-40, x));
  const difference = high - 1;
  return difference + (sumError(high, -1, difference) + rest[0]);
}

/** x + x²/2! + … + x¹⁰/10! */
function seriesOfExpm1(x: number): number {
  const x2 = x * x;
  const near = 1 / 2 + x * (1 / 6) + x2 * (1 / 24 + x * (1 / 120));
  const far = 1 / 720 + x * (1 / 5040) + x2 * (1 / 40320 + x * (1 / 362880) + x2 * (1 / 3628800));
  return x + x2 * (near + x2 * x2 * far);
}
