import { Single, single } from "./constants";

// Exponentials and their kin, for four float32 numbers at a time, within two units in the last place. No fused
// arithmetic: the same bits everywhere. Polynomials are added up in pairs, which wait less for each other.

/** a + b·x */
// @ts-ignore: decorator
@inline
export function line(a: Single, b: Single, x: v128): v128 {
  return plus(single(a), single(b), x);
}

/** a + b·c */
// @ts-ignore: decorator
@inline
export function plus(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, c));
}

/** |x| */
// @ts-ignore: decorator
@inline
export function abs(x: v128): v128 {
  return v128.andnot(x, single(Single.SignBit));
}

/** −x */
// @ts-ignore: decorator
@inline
export function neg(x: v128): v128 {
  return v128.xor(x, single(Single.SignBit));
}

/** −|x| */
// @ts-ignore: decorator
@inline
export function minusAbs(x: v128): v128 {
  return v128.or(x, single(Single.SignBit));
}

/** n + Rounder for the n of eˣ = 2ⁿ·eʳ, |r| ≤ ln 2 / 2 */
// @ts-ignore: decorator
@inline
function shiftedPower(x: v128): v128 {
  return plus(single(Single.Rounder), x, single(Single.Log2E));
}

/** r = x − n·ln 2, ln 2 in two parts */
// @ts-ignore: decorator
@inline
function beyondPower(x: v128, shifted: v128): v128 {
  const n = f32x4.sub(shifted, single(Single.Rounder));
  const r = f32x4.sub(x, f32x4.mul(n, single(Single.LnTwoHigh)));
  return f32x4.sub(r, f32x4.mul(n, single(Single.LnTwoLow)));
}

/** eʳ − 1 = r + r²·(½ + …) */
// @ts-ignore: decorator
@inline
function smallExpm1(r: v128): v128 {
  const r2 = f32x4.mul(r, r);
  const high = plus(line(Single.Exp2, Single.Exp3, r), single(Single.Exp4), r2);
  return plus(r, plus(line(Single.Exp0, Single.Exp1, r), high, r2), r2);
}

/** 2ⁿ·scale, where scale is a power of two: n goes into its exponent */
// @ts-ignore: decorator
@inline
function powerOfTwo(shifted: v128, scale: v128): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), scale);
}

/** e^(x + more) for x ≤ 0, where `more` is little: 2ⁿ⁺⁶⁴·eʳ·2⁻⁶⁴, since 2ⁿ alone may be beyond the exponents. */
// @ts-ignore: decorator
@inline
export function expBelowZero(x: v128, more: v128): v128 {
  const inside = f32x4.pmax(x, single(Single.LeastPower));
  const shifted = shiftedPower(inside);
  const small = smallExpm1(f32x4.add(beyondPower(inside, shifted), more));
  return scaledBack(small, shifted);
}

/** (1 + small)·2ⁿ */
// @ts-ignore: decorator
@inline
function scaledBack(small: v128, shifted: v128): v128 {
  const power = powerOfTwo(shifted, single(Single.Great));
  return f32x4.mul(f32x4.mul(f32x4.add(small, single(Single.One)), power), single(Single.Small));
}

/** eˣ − 1 for x ≤ 0: 2ⁿ·(eʳ − 1) + (2ⁿ − 1), with all its digits near 0 */
// @ts-ignore: decorator
@inline
export function expm1FromLeast(x: v128): v128 {
  const inside = f32x4.pmax(x, single(Single.LeastExpm1));
  const shifted = shiftedPower(inside);
  const small = smallExpm1(beyondPower(inside, shifted));
  const power = powerOfTwo(shifted, single(Single.One));
  return f32x4.add(f32x4.mul(power, small), f32x4.sub(power, single(Single.One)));
}

/** eˣ for −87 ≤ x ≤ 0, and e⁻⁸⁷ ≈ 10⁻³⁸ below: by the terms of eˣ − 1 */
// @ts-ignore: decorator
@inline
export function expFromLeast(x: v128): v128 {
  const inside = f32x4.pmax(x, single(Single.LeastExpm1));
  const shifted = shiftedPower(inside);
  const small = smallExpm1(beyondPower(inside, shifted));
  const power = powerOfTwo(shifted, single(Single.One));
  return f32x4.add(f32x4.mul(power, small), power);
}

/** eˣ = 2ⁿ·eʳ for any x, by way of 2ⁿ⁺⁶⁴ below 0 and 2ⁿ⁻⁶⁴ above, since 2ⁿ alone may be beyond the exponents */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const inside = f32x4.pmax(f32x4.pmin(x, single(Single.MostPower)), single(Single.LeastPower));
  const shifted = shiftedPower(inside);
  const small = smallExpm1(beyondPower(inside, shifted));
  const isBelow = f32x4.lt(x, single(Single.Zero));
  const power = powerOfTwo(shifted, v128.bitselect(single(Single.Great), single(Single.Small), isBelow));
  const back = v128.bitselect(single(Single.Small), single(Single.Great), isBelow);
  return f32x4.mul(f32x4.mul(f32x4.add(small, single(Single.One)), power), back);
}

/** The 12 leading bits of each number's mantissa */
// @ts-ignore: decorator
@inline
function leading(x: v128): v128 {
  return v128.and(x, i32x4.splat(0xfffff000));
}

/** a·b − p, where p is their rounded product: what it lacks. T. Dekker, 1971. */
// @ts-ignore: decorator
@inline
export function roundedOff(a: v128, b: v128, p: v128): v128 {
  const aHigh = leading(a), bHigh = leading(b);
  const aLow = f32x4.sub(a, aHigh), bLow = f32x4.sub(b, bHigh);
  const highs = f32x4.sub(f32x4.mul(aHigh, bHigh), p);
  const mixed = f32x4.add(f32x4.add(highs, f32x4.mul(aHigh, bLow)), f32x4.mul(aLow, bHigh));
  return f32x4.add(mixed, f32x4.mul(aLow, bLow));
}

/** ln(1 + e) for 0 ≤ e ≤ 1 */
// @ts-ignore: decorator
@inline
export function log1pBelowOne(e: v128): v128 {
  const e2 = f32x4.mul(e, e);
  const e4 = f32x4.mul(e2, e2);
  const low = plus(line(Single.Log1, Single.Log2, e), line(Single.Log3, Single.Log4, e), e2);
  const middle = plus(line(Single.Log5, Single.Log6, e), line(Single.Log7, Single.Log8, e), e2);
  const high = plus(middle, single(Single.Log9), e4);
  return plus(e, plus(low, high, e4), e2);
}

/** tanh x = −E / (2 + E), E = e^(−2|x|) − 1, with the sign of x */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = minusAbs(x);
  const e = expm1FromLeast(f32x4.add(size, size));
  const result = f32x4.div(abs(e), f32x4.add(e, single(Single.Two)));
  return v128.or(v128.and(x, single(Single.SignBit)), result);
}

/** e⁻|ˣ| */
// @ts-ignore: decorator
@inline
export function expMinusSize(x: v128): v128 {
  return expOfNegative(minusAbs(x));
}

/** eˣ for x ≤ 0 */
// @ts-ignore: decorator
@inline
export function expOfNegative(x: v128): v128 {
  const inside = f32x4.pmax(x, single(Single.LeastPower));
  const shifted = shiftedPower(inside);
  return scaledBack(smallExpm1(beyondPower(inside, shifted)), shifted);
}

/** σ(x) = 1 / (1 + e⁻ˣ) by e = e⁻|ˣ|, which cannot overflow: e / (1 + e) below 0 */
// @ts-ignore: decorator
@inline
export function logisticBy(e: v128, x: v128): v128 {
  const one = single(Single.One);
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, single(Single.Zero))), f32x4.add(e, one));
}

/** σ(x) */
// @ts-ignore: decorator
@inline
export function logistic(x: v128): v128 {
  return logisticBy(expMinusSize(x), x);
}
