import { productError } from "./round-off.js";

const TAU = 6.283185307179586;
/** What 2π has beyond the nearest double. */
const TAU_LOW = 2.4492935982947064e-16;

/** cos(θ + tail) for |θ| ≤ π/4: 1 − θ²/2 + θ⁴/4! − … + θ¹⁶/16!, what 1 − θ²/2 loses to rounding added back. */
function cosine(angle: number, tail: number): number {
  const z = angle * angle;
  const far = z * (1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000)));
  const near = 1 / 24 + z * (-1 / 720 + z * (1 / 40320 + z * (-1 / 3628800 + far)));
  const half = 0.5 * z;
  const start = 1 - half;
  return start + (1 - start - half + (z * z * near - angle * tail));
}

/** sin(θ + tail) for |θ| ≤ π/4: θ − θ³/3! + … + θ¹⁷/17! */
function sine(angle: number, tail: number): number {
  const z = angle * angle;
  const far = z * (1 / 6227020800 + z * (-1 / 1307674368000 + z * (1 / 355687428096000)));
  const near = z * (-1 / 5040 + z * (1 / 362880 + z * (-1 / 39916800 + far)));
  return angle + (angle * z * (-1 / 6 + z * (1 / 120 + near)) + tail * (1 - 0.5 * z));
}

/** sin(2π·(u + shift/4)) for u ≥ 0: whole turns and quarters of a turn drop out exactly, before π comes in. */
function sineOfTurns(u: number, shift: number): number {
  const turn = u - Math.floor(u);
  const quarter = Math.floor(4 * turn + 0.5);
  const rest = turn - 0.25 * quarter;
  const angle = TAU * rest;
  const tail = productError(TAU, rest, angle) + TAU_LOW * rest;
  const quadrant = (quarter + shift) & 3;
  const size = (quadrant & 1) === 0 ? sine(angle, tail) : cosine(angle, tail);
  return quadrant < 2 ? size : 0 - size;
}

/** **cos 2πu**, the cosine of u turns. Within 0.9 ulp; exact at quarter turns, where zeros are +0. NaN for ±∞. */
export function cosTau(u: number): number {
  return sineOfTurns(Math.abs(u), 1);
}

/** **sin 2πu**, the sine of u turns. Within 0.9 ulp; exact at quarter turns, zeros with the sign of u. NaN for ±∞. */
export function sinTau(u: number): number {
  // So small that the parts of the product would underflow; and ±0.
  if (Math.abs(u) < 1e-290) return TAU * u;
  const size = sineOfTurns(Math.abs(u), 0);
  return u < 0 ? -size : size;
}

/** **cos πu**, the cosine of u half turns, as exactly as `cosTau`. */
export function cosPi(u: number): number {
  return cosTau(0.5 * u);
}
