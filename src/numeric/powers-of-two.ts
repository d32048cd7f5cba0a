import { productError } from "./round-off.js";

/** Each power of two is cut into this many steps: n = 32k + j stands for 2^(n/32) = 2^k · 2^(j/32). */
export const STEPS = 32;

// ln 2 / 32 = high + low; high ends in 17 zero bits, so that its product with a whole number below 2¹⁷ is exact.
export const STEP_HIGH = 0.021660849392446835;
export const STEP_LOW = 5.145609244655338e-14;

/**
 * 2^(j/32) to about 100 bits: entry 2j is the nearest double, entry 2j + 1 what it lacks.
 * The roots √2, √√2, … come from Math.sqrt and one Newton step each; the others are their products.
 */
export const ROOTS = /* @__PURE__ */ rootsOfTwo();

function rootsOfTwo(): Float64Array {
  const roots = new Float64Array(2 * STEPS);
  roots[0] = 1;
  let [high, low] = [2, 0];
  for (let step = STEPS / 2; step >= 1; step /= 2) {
    const root = Math.sqrt(high);
    const square = root * root;
    const missing = (high - square - productError(root, root, square) + low) / (2 * root);
    high = root + missing;
    low = root - high + missing;
    for (let j = step; j < STEPS; j += 2 * step) {
      const [factor, factorLow] = [roots[2 * (j - step)], roots[2 * (j - step) + 1]];
      const product = factor * high;
      const rest = productError(factor, high, product) + (factor * low + factorLow * high);
      roots[2 * j] = product + rest;
      roots[2 * j + 1] = product - roots[2 * j] + rest;
    }
  }
  return roots;
}

const LARGEST = 540;
const POWERS = /* @__PURE__ */ powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2 * LARGEST + 1);
  powers[LARGEST] = 1;
  for (let k = 1; k <= LARGEST; k++) {
    powers[LARGEST + k] = 2 * powers[LARGEST + k - 1];
    powers[LARGEST - k] = 0.5 * powers[LARGEST - k + 1];
  }
  return powers;
}

/**
 * x·2^k for whole −1080 ≤ k ≤ 1080. In two halves, since 2^k alone may be no double; the first is exact for 1 ≤ x < 2
 * and for a subnormal x with k > 0, so a result that is subnormal is rounded once.
 */
export function scale(x: number, k: number): number {
  const half = k >> 1;
  return x * POWERS[LARGEST + half] * POWERS[LARGEST + k - half];
}

const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The sign, the exponent and the upper 20 bits of the fraction of a double. */
export function upperWord(x: number): number {
  bits.setFloat64(0, x, true);
  return bits.getInt32(4, true);
}
