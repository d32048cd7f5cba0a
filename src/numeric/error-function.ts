import { expOfSum } from "./exponential.js";
import { logInto } from "./logarithm.js";
import { productError, squareError, sumError } from "./round-off.js";

/** 2/√π, and what it has beyond the nearest double. */
const SLOPE = 1.1283791670955126;
const SLOPE_LOW = 1.533545961316588e-17;

/**
 * erf x − line for |x| ≤ ½, where line is the rounded 2x/√π: all but the first term of
 * **erf x = 2/√π · (x − x³/3 + x⁵/10 − … ± x²ⁿ⁺¹ / (n!·(2n + 1)))**, to n = 12.
 */
function bend(x: number, line: number): number {
  const z = x * x;
  const farthest = 1 / 76204800 + z * (-1 / 918086400 + z * (1 / 11975040000));
  const far =
    -1 / 1320 + z * (1 / 9360 + z * (-1 / 75600 + z * (1 / 685440 + z * (-1 / 6894720 + z * farthest))));
  const near = -1 / 3 + z * (1 / 10 + z * (-1 / 42 + z * (1 / 216 + z * far)));
  return line * z * near + (productError(SLOPE, x, line) + SLOPE_LOW * x);
}

// Minimax polynomials, to 2⁻⁵⁸, made by test/numeric/fit-error-function.py.
/** ln(e^((x + ¼)² + ¼)·erfc x) for ½ ≤ x ≤ 2.5, by powers of x − 1.5. */
const NEAR = /* @__PURE__ */ new Float64Array([
  -0.07199208955155272, -0.008800801779527719, 0.10735966938496269, -0.025824140633642058,
  0.006006746386461105, -0.001257216686897738, 0.00021596330480492016, -2.24736870820863e-5,
  -2.6468343375654836e-6, 2.3708336161491797e-6, -8.187621734950252e-7, 1.926120739390063e-7,
  -2.7865258810231008e-8, -1.0890316565825836e-9, 2.386629859286992e-9, -9.710078636234257e-10,
  2.7546733132280896e-10, -4.868558968752196e-11, -7.1776920024938924e-12, 5.0946463979141525e-12,
]);
/** ln(2x·e^(x²)·erfc x) for 2.5 ≤ x ≤ 28, by powers of (x − 5.5) / (x + 1.5). */
const FAR = /* @__PURE__ */ new Float64Array([
  0.10488636542140811, 0.038965229046027415, -0.031875198268079476, 0.010578126464320851,
  -0.0019082197676383546, 0.00014467191990061897, -2.8128048783297703e-5, 2.6436412287576748e-5,
  -7.1709327247206285e-6, -5.6698304094148665e-8, 5.348984904822647e-8, 1.7296649217692904e-7,
  -3.456762414894931e-8, -1.1482142372099467e-8, -3.6260511364512143e-10, 2.107321453263791e-9,
  1.521668590207071e-10, -1.851511882053303e-10, -4.689058803823101e-11, 1.5278389135087672e-11,
]);

/** c₀ + c₁t + c₂t² + …, four terms at a time, since terms side by side need not wait for each other. */
function polynomial(c: Float64Array, t: number): number {
  const t2 = t * t;
  const t4 = t2 * t2;
  let sum = 0;
  for (let i = c.length - 4; i >= 0; i -= 4) {
    sum = sum * t4 + (c[i] + t * c[i + 1] + t2 * (c[i + 2] + t * c[i + 3]));
  }
  return sum;
}

/** e^(−(x + xLow)² − shift − shiftLow + correction), for x² > shift > correction; its exponent has two parts. */
function bell(x: number, xLow: number, shift: number, shiftLow: number, correction: number): number {
  const square = x * x;
  const difference = -square - shift;
  const exponent = difference + correction;
  // The first addend is the larger one, so that these differences are what the sums lost.
  const lost = -square - difference - shift + (difference - exponent + correction);
  return expOfSum(exponent, lost - squareError(x, square) - 2 * x * xLow - shiftLow);
}

const rest = /* @__PURE__ */ new Float64Array(1);

/** erfc x for x ≥ ½: **e^(−(x + ¼)² − ¼ + near)** or **e^(−x² − ln 2x + far)** */
function tail(x: number): number {
  if (x < 2.5) {
    const moved = x + 0.25;
    return bell(moved, x - (moved - 0.25), 0.25, 0, polynomial(NEAR, x - 1.5));
  }
  // Beyond 28 nothing is left of erfc.
  const size = Math.min(x, 28);
  const logarithm = logInto(rest, 2 * size);
  return bell(size, 0, logarithm, rest[0], polynomial(FAR, (size - 5.5) / (size + 1.5)));
}

/** The error function, **erf x = 2/√π · ∫₀ˣ e^(−t²) dt**. Within 1 ulp. ±0 ↦ ±0, ±∞ ↦ ±1. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) {
    const line = SLOPE * x;
    // So small that the parts of the product would underflow; and ±0.
    return size < 1e-290 ? line : line + bend(x, line);
  }
  const result = 1 - tail(size);
  return x < 0 ? -result : result;
}

/** **erfc x = 1 − erf x**, with all its digits where erf x ≈ 1. Within 1 ulp. −∞ ↦ 2, ∞ ↦ 0. */
export function erfc(x: number): number {
  if (Math.abs(x) < 0.5) {
    const line = SLOPE * x;
    const start = 1 - line;
    return start + (sumError(1, -line, start) - bend(x, line));
  }
  const part = tail(Math.abs(x));
  return x < 0 ? 2 - part : part;
}
