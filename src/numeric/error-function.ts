import { expOfSum } from "./exponential.js";
import { logInto } from "./logarithm.js";
import { productError, sumError } from "./round-off.js";

/** 2/√π, and what it has beyond the nearest double. */
const SLOPE = 1.1283791670955126;
const SLOPE_LOW = 1.533545961316588e-17;

/** erf x − line for |x| ≤ ½, where line is the rounded 2x/√π: **erf x = 2/√π · (x − x³/3 + x⁵/10 − … ± x²ⁿ⁺¹/(n!·(2n+1)))** */
function bend(x: number, line: number): number {
  const z = x * x;
  const farthest = 1 / 76204800 + z * (-1 / 918086400 + z * (1 / 11975040000));
  const far =
    -1 / 1320 + z * (1 / 9360 + z * (-1 / 75600 + z * (1 / 685440 + z * (-1 / 6894720 + z * farthest))));
  const near = -1 / 3 + z * (1 / 10 + z * (-1 / 42 + z * (1 / 216 + z * far)));
  return line * z * near + (productError(SLOPE, x, line) + SLOPE_LOW * x);
}

// Minimax polynomials, to 2⁻⁵⁸, made by test/numeric/fit-error-function.py.
/** ln(e^x²·erfc x) + x/2 + 5/16 for ½ ≤ x ≤ 2.5, by powers of x − 1.5. */
const NEAR = /* @__PURE__ */ new Float64Array([
  -0.07199208955155272, -0.008800801779527719, 0.10735966938496269, -0.025824140633642058,
  0.006006746386461105, -0.001257216686897738, 0.00021596330480492016, -2.24736870820863e-5,
  -2.6468343375654836e-6, 2.3708336161491797e-6, -8.187621734950252e-7, 1.926120739390063e-7,
  -2.7865258810231008e-8, -1.0890316565825836e-9, 2.386629859286992e-9, -9.710078636234257e-10,
  2.7546733132280896e-10, -4.868558968752196e-11, -7.1776920024938924e-12, 5.0946463979141525e-12,
]);
/** ln(2x·e^x²·erfc x) for 2.5 ≤ x ≤ 28, by powers of (x − 5.5) / (x + 1.5). */
const FAR = /* @__PURE__ */ new Float64Array([
  0.10488636542140811, 0.03896522904602742, -0.03187519826807884, 0.010578126464320353, -0.001908219767668197,
  0.0001446719199157622, -2.812804824424317e-5, 2.643641207126607e-5, -7.170937599247894e-6,
  -5.669659042543303e-8, 5.351459902815021e-8, 1.7295838620131536e-7, -3.4641421320016595e-8,
  -1.1458726304664507e-8, -2.343846420960708e-10, 2.066883653221116e-9, 3.204186342332744e-11,
  -1.4685645082803078e-10,
]);

/** c₀ + c₁t + c₂t² + …, the even and the odd powers side by side, since neither waits for the other. */
function polynomial(c: Float64Array, t: number): number {
  const t2 = t * t;
  let even = 0;
  let odd = 0;
  for (let i = c.length - 2; i >= 0; i -= 2) {
    even = even * t2 + c[i];
    odd = odd * t2 + c[i + 1];
  }
  return even + t * odd;
}

/** e^(−x² − shift + correction), the exponent in two parts, since what it loses is multiplied by the result. */
function bell(x: number, shift: number, shiftLow: number, correction: number): number {
  const square = x * x;
  const start = -square - shift;
  const exponent = start + correction;
  const lost = sumError(-square, -shift, start) + sumError(start, correction, exponent);
  return expOfSum(exponent, lost - productError(x, x, square) - shiftLow);
}

const rest = /* @__PURE__ */ new Float64Array(1);

/** erfc x for x ≥ ½: **e^(−x² − x/2 − 5/16 + near)** or **e^(−x² − ln 2x + far)** */
function tail(x: number): number {
  if (x < 2.5) {
    const line = 0.5 * x + 0.3125;
    return bell(x, line, sumError(0.5 * x, 0.3125, line), polynomial(NEAR, x - 1.5));
  }
  // Beyond 28 nothing is left of erfc.
  const size = Math.min(x, 28);
  const logarithm = logInto(rest, 2 * size);
  return bell(size, logarithm, rest[0], polynomial(FAR, (size - 5.5) / (size + 1.5)));
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
  return x < 0 ? 2 - tail(-x) : tail(x);
}
