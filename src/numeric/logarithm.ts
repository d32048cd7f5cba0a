import { ROOTS, STEP_HIGH, STEP_LOW, STEPS, scale, upperWord } from "./powers-of-two.js";
import { productError, sumError } from "./round-off.js";

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** n ≈ 32·log₂ x for a normal x > 0, off by at most 0.54. */
function nearestStep(x: number): number {
  const word = upperWord(x);
  const f = (word & 0xfffff) * 2 ** -20;
  const log2 = f * (1.42 - f * (0.575 - f * 0.155));
  return ((word >> 20) - 1023) * STEPS + ((STEPS * log2 + 0.5) | 0);
}

/**
 * ln(x + tail) = high + low to 2⁻⁶⁷ of its size, for finite x > 0 and a tail below half an ulp of x.
 * Returns high, and leaves low in `rest[0]` because returning a pair would allocate.
 *
 * **ln x = n·ln 2/32 + 2 artanh s** with s = (m − t) / (m + t), where x = 2^k·m and t = 2^(j/32) is m's neighbour.
 * As |s| < 0.006, all of the series but s itself is so small that it needs no second part.
 */
export function logInto(rest: Float64Array, x: number, tail: number): number {
  const subnormal = x < SMALLEST_NORMAL;
  const normal = subnormal ? x * 2 ** 64 : x;
  const step = nearestStep(normal);
  const k = step >> 5;
  const m = scale(normal, -k);
  const j = 2 * (step & (STEPS - 1));
  const t = ROOTS[j];

  // m and t are so close that m − t is exact.
  const offset = scale(tail, -k) - ROOTS[j + 1];
  const difference = m - t + offset;
  const differenceLow = sumError(m - t, offset, difference);
  const sum = t + m;
  const sumLow = t - sum + m + (scale(tail, -k) + ROOTS[j + 1]);

  const inverse = 1 / sum;
  const s = difference * inverse;
  const product = s * sum;
  const missing = difference - product - productError(s, sum, product) + differenceLow - s * sumLow;
  const s2 = s * s;
  const series = missing * inverse + s * s2 * (1 / 3 + s2 * (1 / 5 + s2 * (1 / 7 + s2 * (1 / 9))));

  const n = subnormal ? step - 64 * STEPS : step;
  const high = n * STEP_HIGH + 2 * s;
  const low = n * STEP_HIGH - high + 2 * s + (n * STEP_LOW + 2 * series);
  const rounded = high + low;
  rest[0] = high - rounded + low;
  return rounded;
}

const unused = /* @__PURE__ */ new Float64Array(1);

/** The natural logarithm, **ln x**. Within 0.51 ulp. ±0 ↦ −∞, ∞ ↦ ∞, and NaN for x < 0. */
export function log(x: number): number {
  if (x > 0 && x < Number.POSITIVE_INFINITY) return logInto(unused, x, 0);
  return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
}

/**
 * **ln(1 + x)**, with all its digits where 1 + x ≈ 1. Within 0.51 ulp. ±0 ↦ ±0, −1 ↦ −∞, ∞ ↦ ∞, and NaN for x < −1.
 * What 1 + x loses to rounding goes into the logarithm as its tail.
 */
export function log1p(x: number): number {
  if (Math.abs(x) < 2 ** -54) return x;
  const sum = 1 + x;
  if (sum > 0 && sum < Number.POSITIVE_INFINITY) return logInto(unused, sum, sumError(1, x, sum));
  return log(sum);
}
