// Exponentials and their kin, for two float64 numbers at a time: with 30 and more true bits, so that what is rounded to
// float32 at the end is right to the last place or the one beside it. No fused arithmetic: the same bits everywhere.

// @ts-ignore: decorator
@inline
function number(x: f64): v128 {
  return f64x2.splat(x);
}

/** eʳ − 1 for |r| ≤ ln 2 / 2, by the first ten terms of its series. */
// @ts-ignore: decorator
@inline
function smallExpm1(r: v128): v128 {
  let sum = f64x2.add(f64x2.mul(number(1.0 / 3628800.0), r), number(1.0 / 362880.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(1.0 / 40320.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(1.0 / 5040.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(1.0 / 720.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(1.0 / 120.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(1.0 / 24.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(1.0 / 6.0));
  sum = f64x2.add(f64x2.mul(sum, r), number(0.5));
  return f64x2.add(f64x2.mul(f64x2.mul(sum, r), r), r);
}

/** Adding 1.5·2⁵² rounds to a whole number, which then stands in the last bits. */
const ROUNDER: f64 = 6755399441055744.0;

/** x within what float32 can tell from 0 and from infinity; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function limited(x: v128): v128 {
  return f64x2.max(f64x2.min(x, number(110.0)), number(-220.0));
}

/** n + ROUNDER for the n of eˣ = 2ⁿ·eʳ */
// @ts-ignore: decorator
@inline
function shiftedPower(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, number(1.4426950408889634)), number(ROUNDER));
}

/** r = x − n·ln 2, ln 2 in two parts */
// @ts-ignore: decorator
@inline
function beyondPower(x: v128, shifted: v128): v128 {
  const n = f64x2.sub(shifted, number(ROUNDER));
  const r = f64x2.sub(x, f64x2.mul(n, number(0.6931471803691238)));
  return f64x2.sub(r, f64x2.mul(n, number(1.9082149292705877e-10)));
}

/** 2ⁿ: n goes into the exponent of 1 */
// @ts-ignore: decorator
@inline
function powerOfTwo(shifted: v128): v128 {
  return i64x2.add(i64x2.shl(shifted, 52), number(1.0));
}

/** eˣ = 2ⁿ·eʳ, |r| ≤ ln 2 / 2 */
export function exp(x: v128): v128 {
  const inside = limited(x);
  const shifted = shiftedPower(inside);
  const small = smallExpm1(beyondPower(inside, shifted));
  const power = powerOfTwo(shifted);
  return f64x2.add(power, f64x2.mul(power, small));
}

/** eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), with all its digits near 0 */
export function expm1(x: v128): v128 {
  const inside = limited(x);
  const shifted = shiftedPower(inside);
  const small = smallExpm1(beyondPower(inside, shifted));
  const power = powerOfTwo(shifted);
  return f64x2.add(f64x2.mul(power, small), f64x2.sub(power, number(1.0)));
}

/** ln(1 + u) for 0 ≤ u ≤ 1: 2·(s + s³/3 + s⁵/5 + …), s = u / (2 + u) ≤ 1/3 */
function log1p(u: v128): v128 {
  const s = f64x2.div(u, f64x2.add(u, number(2.0)));
  const z = f64x2.mul(s, s);
  let sum = f64x2.add(f64x2.mul(z, number(2.0 / 21.0)), number(2.0 / 19.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 17.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 15.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 13.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 11.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 9.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 7.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 5.0));
  sum = f64x2.add(f64x2.mul(sum, z), number(2.0 / 3.0));
  return f64x2.add(f64x2.mul(f64x2.mul(sum, z), s), f64x2.add(s, s));
}

/** tanh x = −E / (2 + E), E = e^(−2|x|) − 1, with the sign of x */
export function tanh(x: v128): v128 {
  const size = f64x2.abs(x);
  const e = expm1(f64x2.mul(size, number(-2.0)));
  const result = f64x2.div(f64x2.neg(e), f64x2.add(e, number(2.0)));
  return v128.or(v128.and(x, number(-0.0)), f64x2.abs(result));
}

/** σ(x) = 1 / (1 + e⁻ˣ), from the side on which e⁻|ˣ| cannot overflow */
export function logistic(x: v128): v128 {
  const e = exp(f64x2.neg(f64x2.abs(x)));
  const above = v128.bitselect(e, number(1.0), f64x2.lt(x, number(0.0)));
  return f64x2.div(above, f64x2.add(e, number(1.0)));
}

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻|ˣ|) */
export function softplus(x: v128): v128 {
  return f64x2.add(f64x2.max(x, number(0.0)), log1p(exp(f64x2.neg(f64x2.abs(x)))));
}

/** e^(z²)·erfc z for 0 ≤ z ≤ 10.6; the polynomial is made by test/kernels/fit-bell-tail.py */
function scaledErfc(z: v128): v128 {
  const below = f64x2.add(z, number(2.5));
  const t = f64x2.div(f64x2.sub(z, number(2.5)), below);
  let sum = number(3.360923818612474e-06);
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-2.004011438058949e-05));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-9.751975807116702e-05));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(6.35464759885529e-05));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(0.00069637702016202));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-0.0004419737952058694));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-0.004817481607675988));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(0.008393600415611806));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(0.028361416827700752));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-0.17125118866823522));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(0.4539141222551195));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(-0.8046518485337664));
  sum = f64x2.add(f64x2.mul(sum, t), f64x2.splat(1.0540318202629932));
  return f64x2.div(sum, below);
}

/** Φ(x), the standard normal distribution: ½ erfc(−x / √2) below 0, 1 − Φ(−x) above */
export function gaussianBelow(x: v128): v128 {
  // Beyond, the tail is 0 in float32; 14.9 / √2 is still inside the polynomial.
  const size = f64x2.min(f64x2.abs(x), number(14.9));
  const bell = exp(f64x2.mul(f64x2.mul(size, size), number(-0.5)));
  const tail = f64x2.mul(f64x2.mul(bell, number(0.5)), scaledErfc(f64x2.mul(size, number(0.7071067811865476))));
  return v128.bitselect(tail, f64x2.sub(number(1.0), tail), f64x2.lt(x, number(0.0)));
}

/** φ(x), the standard normal density: e^(−x²/2) / √(2π) */
export function gaussianDensity(x: v128): v128 {
  return f64x2.mul(number(0.3989422804014327), exp(f64x2.mul(f64x2.mul(x, x), number(-0.5))));
}
