import { powerOfTwo, upperWord } from "./binary.js";
import { sumError, upperHalf } from "./round-off.js";
import { INVERSES, NEAREST, stepsHigh, stepsLow } from "./steps.js";

/** Steps that a subnormal number is lifted by 2⁶⁴, to be normal. */
const LIFT = 64 * 32;

/** Of x > 0. */
function isSubnormal(x: number): boolean {
  return x < 2.2250738585072014e-308;
}

/** n ≈ 32·log₂ x for normal x > 0, off by at most 0.6: the exponent, and what the first eight bits of the fraction add. */
function nearestStep(x: number): number {
  const word = upperWord(x);
  return ((word >> 20) - 1023) * 32 + NEAREST[(word >> 12) & 0xff];
}

/** m to 26 bits behind the point, for 1 ≤ m < 2, by adding 1.5·2²⁶ and taking it away again: few enough for INVERSES. */
function shortened(m: number): number {
  return m + 100663296 - 100663296;
}

/** The larger part of f = m/t − 1, exactly, where t = 2^(j/32). */
function excess(m: number, j: number): number {
  return shortened(m) * INVERSES[2 * j] - 1;
}

/** The smaller part of f = (m + tail)/t − 1, to 2⁻⁷⁹. */
function excessLow(m: number, tail: number, j: number): number {
  return (m - shortened(m)) * INVERSES[2 * j] + (m * INVERSES[2 * j + 1] + tail * INVERSES[2 * j]);
}

/** (ln(1 + f) − f + f²/2) / f³ = 1/3 − f/4 + f²/5 − … for |f| < 0.013 */
function series(f: number): number {
  const f2 = f * f;
  const far = 1 / 7 - f * (1 / 8) + f2 * (1 / 9 - f * (1 / 10));
  return 1 / 3 - f * (1 / 4) + f2 * (1 / 5 - f * (1 / 6) + f2 * far);
}

/** ln(x + tail) − lift·ln 2/32, within 0.51 ulp, for finite normal x > 0 and a tail below an ulp of x. */
function logOfSum(x: number, tail: number, lift = 0): number {
  const step = nearestStep(x);
  const j = step & 31;
  const power = powerOfTwo(0 - (step >> 5));
  const m = x * power;
  const exact = excess(m, j);
  const more = excessLow(m, tail * power, j);
  const f = exact + more;
  const n = step - lift;
  const start = stepsHigh(n);
  const sum = start + f;
  // Unless it is 0, the first addend is the larger one, so that these differences are what the sums lost.
  const lost = start - sum + f + (exact - f + more);
  return sum + (lost + stepsLow(n) + f * f * (f * series(f) - 0.5));
}

/**
 * The natural logarithm, **ln x = n·ln 2/32 + ln(1 + f)**, where x = 2^(n/32)·(1 + f) and |f| < 0.013.
 * Within 0.51 ulp. ±0 ↦ −∞, ∞ ↦ ∞, and NaN for x < 0.
 */
export function log(x: number): number {
  if (x > 0 && x < Number.POSITIVE_INFINITY) {
    return isSubnormal(x) ? logOfSum(x * 2 ** 64, 0, LIFT) : logOfSum(x, 0);
  }
  return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
}

/**
 * **ln(1 + x)**, with all its digits where 1 + x ≈ 1: what the sum loses to rounding goes into the logarithm as a tail.
 * Within 0.51 ulp. ±0 ↦ ±0, −1 ↦ −∞, ∞ ↦ ∞, and NaN for x < −1.
 */
export function log1p(x: number): number {
  if (Math.abs(x) < 2 ** -54) return x;
  const sum = 1 + x;
  if (sum > 0 && sum < Number.POSITIVE_INFINITY) return logOfSum(sum, sumError(1, x, sum));
  return log(sum);
}

/**
 * ln x = high + low to 2⁻⁶⁵ of its size, for finite x > 0. Returns high, and leaves low in `rest[0]`, because a pair
 * would have to be allocated.
 */
export function logInto(rest: Float64Array, x: number): number {
  const [normal, lift] = isSubnormal(x) ? [x * 2 ** 64, LIFT] : [x, 0];
  const step = nearestStep(normal);
  const n = step - lift;
  const j = step & 31;
  const m = normal * powerOfTwo(0 - (step >> 5));
  const exact = excess(m, j);
  const more = excessLow(m, 0, j);
  const f = exact + more;
  const fLow = exact - f + more;
  // f²/2 in two parts: the first is a square of few bits, hence exact.
  const fHigh = upperHalf(f);
  const square = 0.5 * fHigh * fHigh;
  const squareLow = 0.5 * (f - fHigh) * (f + fHigh);
  const start = stepsHigh(n);
  const sum = start + f;
  const difference = sum - square;
  const lost = start - sum + f + (sum - difference - square);
  const low = lost + (stepsLow(n) + fLow * (1 - f) + (f * f * f * series(f) - squareLow));
  const high = difference + low;
  rest[0] = difference - high + low;
  return high;
}
