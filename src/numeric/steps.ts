import { productError, squareError } from "./round-off.js";

// Exponentials and logarithms meet on a ladder of 32 steps to each power of two: step n = 32k + j stands at
// 2^(n/32) = 2^k · 2^(j/32). Between two steps a short series is enough.
// P. T. P. Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic", 1989.

export const STEPS = 32;

// n·ln 2 / 32 = high + low; the high factor ends in 17 zero bits, so that its product with a whole number below 2¹⁷ is
// exact. Numbers stand in functions here and in those files that use these: a bundler may make a variable of a constant of
// a module, which costs an engine a check wherever it is read.
export function stepsHigh(n: number): number {
  return n * 0.021660849392446835;
}

export function stepsLow(n: number): number {
  return n * 5.145609244655338e-14;
}

/**
 * 2^(j/32) to 100 bits: entry 2j is the nearest double, entry 2j + 1 what it lacks.
 * √2, √√2, … come from Math.sqrt, which rounds correctly everywhere, and one Newton step; the rest are their products.
 */
export const ROOTS = /* @__PURE__ */ rootsOfTwo();

function rootsOfTwo(): Float64Array {
  const roots = new Float64Array(2 * STEPS);
  roots[0] = 1;
  let high = 2;
  let low = 0;
  for (let step = STEPS / 2; step >= 1; step /= 2) {
    const root = Math.sqrt(high);
    const square = root * root;
    const missing = (high - square - squareError(root, square) + low) / (2 * root);
    high = root + missing;
    low = root - high + missing;
    for (let j = step; j < STEPS; j += 2 * step) {
      const factor = roots[2 * (j - step)];
      const product = factor * high;
      const rest = productError(factor, high, product) + factor * low + roots[2 * (j - step) + 1] * high;
      roots[2 * j] = product + rest;
      roots[2 * j + 1] = product - roots[2 * j] + rest;
    }
  }
  return roots;
}

/** 2^(−j/32) to 79 bits: entry 2j has 26 of them, so that products with 27 bits are exact, entry 2j + 1 the rest. */
export const INVERSES = /* @__PURE__ */ inverseRoots();

function inverseRoots(): Float64Array {
  const inverses = new Float64Array(2 * STEPS);
  inverses[0] = 1;
  for (let j = 1; j < STEPS; j++) {
    const inverse = 0.5 * ROOTS[2 * (STEPS - j)];
    const short = inverse + 2 ** 26 - 2 ** 26;
    inverses[2 * j] = short;
    inverses[2 * j + 1] = inverse - short + 0.5 * ROOTS[2 * (STEPS - j) + 1];
  }
  return inverses;
}

/** The step nearest to 1 + (i + ½)/256, for the first eight bits i of a fraction; the last is step 32, at 2. */
export const NEAREST = /* @__PURE__ */ nearestSteps();

function nearestSteps(): Uint8Array {
  const nearest = new Uint8Array(256);
  const halfStep = Math.sqrt(ROOTS[2]);
  for (let i = 0, j = 0; i < 256; i++) {
    if (j < STEPS && (1 + (i + 0.5) / 256) * INVERSES[2 * j] > halfStep) j++;
    nearest[i] = j;
  }
  return nearest;
}
