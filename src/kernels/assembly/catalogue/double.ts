import { Double, double } from "./constants";

// Exponentials and their kin, for two float64 numbers at a time: within 2⁻²⁶·² and less, for functions that lose
// digits on the way. The polynomials are made by test/kernels/fit-catalogue.py. What is rounded to float32 at the end is
// right to the last place or the one beside it.

/** a + b·x */
// @ts-ignore: decorator
@inline
function line(a: Double, b: Double, x: v128): v128 {
  return plus(double(a), double(b), x);
}

/** a + b·c */
// @ts-ignore: decorator
@inline
export function plus(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, c));
}

/** eʳ − 1 = r + r²·(½ + …) for |r| ≤ ln 2 / 2 */
// @ts-ignore: decorator
@inline
function smallExpm1(r: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const high = plus(line(Double.Exp2, Double.Exp3, r), double(Double.Exp4), r2);
  return plus(r, plus(line(Double.Exp0, Double.Exp1, r), high, r2), r2);
}

/** n + Rounder for the n of eˣ = 2ⁿ·eʳ */
// @ts-ignore: decorator
@inline
function shiftedPower(x: v128): v128 {
  return plus(double(Double.Rounder), x, double(Double.Log2E));
}

/** r = x − n·ln 2 */
// @ts-ignore: decorator
@inline
function beyondPower(x: v128, shifted: v128): v128 {
  const n = f64x2.sub(shifted, double(Double.Rounder));
  return f64x2.sub(x, f64x2.mul(n, double(Double.LnTwo)));
}

/** 2ⁿ: n goes into the exponent of 1 */
// @ts-ignore: decorator
@inline
function powerOfTwo(shifted: v128): v128 {
  return i64x2.add(i64x2.shl(shifted, 52), double(Double.One));
}

/** eˣ = 2ⁿ·eʳ for x ≤ 0, |r| ≤ ln 2 / 2; 0 where nothing is left in float32, so that 0·∞ is NaN */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const inside = f64x2.pmax(x, double(Double.Least));
  const shifted = shiftedPower(inside);
  const small = smallExpm1(beyondPower(inside, shifted));
  const power = powerOfTwo(shifted);
  return v128.andnot(f64x2.add(power, f64x2.mul(power, small)), f64x2.lt(x, double(Double.Least)));
}

/** σ(x) = 1 / (1 + e⁻ˣ), from the side on which e⁻|ˣ| cannot overflow */
// @ts-ignore: decorator
@inline
export function logistic(x: v128): v128 {
  const one = double(Double.One);
  const e = exp(v128.or(x, double(Double.SignBit)));
  return f64x2.div(v128.bitselect(e, one, f64x2.lt(x, double(Double.Zero))), f64x2.add(e, one));
}

/** ½·e^(x²/2)·erfc(x / √2) for 0 ≤ x ≤ 14.9: a polynomial in v = 1/(x + 3.5), times v */
// @ts-ignore: decorator
@inline
function scaledTail(x: v128): v128 {
  const v = f64x2.div(double(Double.One), f64x2.add(x, double(Double.Pole)));
  const v2 = f64x2.mul(v, v);
  const v4 = f64x2.mul(v2, v2);
  const low = plus(line(Double.Tail0, Double.Tail1, v), line(Double.Tail2, Double.Tail3, v), v2);
  const middle = plus(line(Double.Tail4, Double.Tail5, v), line(Double.Tail6, Double.Tail7, v), v2);
  const high = plus(middle, line(Double.Tail8, Double.Tail9, v), v4);
  return f64x2.mul(plus(low, high, v4), v);
}

/** e^(−x²/2) */
// @ts-ignore: decorator
@inline
export function bell(x: v128): v128 {
  return exp(f64x2.mul(f64x2.mul(x, x), double(Double.MinusHalf)));
}

/** Φ(x), the standard normal distribution, by e^(−x²/2): ½ erfc(−x / √2) below 0, 1 − Φ(−x) above */
// @ts-ignore: decorator
@inline
export function gaussianBelowBy(bell: v128, x: v128): v128 {
  // Beyond 14.9 the tail is 0 in float32.
  const tail = f64x2.mul(bell, scaledTail(f64x2.pmin(v128.andnot(x, double(Double.SignBit)), double(Double.BellEnd))));
  return v128.bitselect(tail, f64x2.sub(double(Double.One), tail), f64x2.lt(x, double(Double.Zero)));
}
