import { Single, single } from "./constants";
import {
  abs, expBelowZero, expFromLeast, expMinusSize, expm1FromLeast, log1pBelowOne, logisticBy, minusAbs, neg, roundedOff, tanh,
} from "./single";

// Smooth curves of four float32 numbers. A term that f and f′ share is computed once: everything is inlined.

// @ts-ignore: decorator
@inline
function belowZero(x: v128): v128 {
  return f32x4.pmin(x, single(Single.Zero));
}

/** `below` where x ≤ 0, else `above` */
// @ts-ignore: decorator
@inline
function parted(x: v128, below: v128, above: v128): v128 {
  return v128.bitselect(below, above, f32x4.le(x, single(Single.Zero)));
}

/** y·(1 − y) */
// @ts-ignore: decorator
@inline
export function sigmoidSlope(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(single(Single.One), y));
}

/** (1 − y)·(1 + y) */
// @ts-ignore: decorator
@inline
export function tanhSlope(y: v128): v128 {
  return f32x4.mul(f32x4.sub(single(Single.One), y), f32x4.add(single(Single.One), y));
}

/** α·(eˣ − 1) where x ≤ 0, else x */
// @ts-ignore: decorator
@inline
export function elu(x: v128, alpha: v128): v128 {
  return parted(x, f32x4.mul(alpha, expm1FromLeast(belowZero(x))), x);
}

/** α·eˣ where x ≤ 0, else 1 */
// @ts-ignore: decorator
@inline
export function eluSlope(x: v128, alpha: v128): v128 {
  return parted(x, f32x4.mul(alpha, expFromLeast(belowZero(x))), single(Single.One));
}

/** λ·α·(eˣ − 1) where x ≤ 0, else λ·x */
// @ts-ignore: decorator
@inline
export function selu(x: v128): v128 {
  const below = f32x4.mul(single(Single.SeluBelow), expm1FromLeast(belowZero(x)));
  return parted(x, below, f32x4.mul(single(Single.SeluScale), x));
}

/** λ·α·eˣ where x ≤ 0, else λ */
// @ts-ignore: decorator
@inline
export function seluSlope(x: v128): v128 {
  const below = f32x4.mul(single(Single.SeluBelow), expFromLeast(belowZero(x)));
  return parted(x, below, single(Single.SeluScale));
}

/** α·(e^(x/α) − 1) where x ≤ 0, else x */
// @ts-ignore: decorator
@inline
export function celu(x: v128, alpha: v128): v128 {
  return parted(x, f32x4.mul(alpha, expm1FromLeast(belowZero(f32x4.div(x, alpha)))), x);
}

/** e^(x/α) where x ≤ 0, else 1 */
// @ts-ignore: decorator
@inline
export function celuSlope(x: v128, alpha: v128): v128 {
  return parted(x, expFromLeast(belowZero(f32x4.div(x, alpha))), single(Single.One));
}

/** σ(x)·(1 + x·σ(−x)) by e = e⁻|ˣ| */
// @ts-ignore: decorator
@inline
export function siluSlopeBy(e: v128, x: v128): v128 {
  const other = logisticBy(e, neg(x));
  return f32x4.mul(logisticBy(e, x), f32x4.add(single(Single.One), f32x4.mul(x, other)));
}

/** e⁻|β·ˣ|: the rounding of β·x would be seen in a small power, so it is taken into account. */
// @ts-ignore: decorator
@inline
export function expMinusSizeOfProduct(beta: v128, x: v128): v128 {
  const z = f32x4.mul(beta, x);
  const more = roundedOff(beta, x, z);
  const signed = v128.xor(more, v128.andnot(single(Single.SignBit), z));
  // Where e^−|z| is 0 anyway, z may be infinite, and what was rounded off no number.
  const counts = f32x4.lt(abs(z), single(Single.Thousand));
  return expBelowZero(minusAbs(z), v128.and(signed, counts));
}

/** ln(1 + e^(β·x)) / β = max(x, 0) + ln(1 + e) / β by e = e⁻|β·ˣ|: β·x itself may overflow */
// @ts-ignore: decorator
@inline
export function softplusBy(e: v128, beta: v128, x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, single(Single.Zero)), f32x4.div(log1pBelowOne(e), beta));
}

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e) by e = e⁻|ˣ| */
// @ts-ignore: decorator
@inline
export function softplusOneBy(e: v128, x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, single(Single.Zero)), log1pBelowOne(e));
}

/** ln σ(x) = min(x, 0) − ln(1 + e) by e = e⁻|ˣ| */
// @ts-ignore: decorator
@inline
export function logSigmoidBy(e: v128, x: v128): v128 {
  return f32x4.sub(belowZero(x), log1pBelowOne(e));
}

/** tanh(ln(1 + eˣ)) = a / (a + b), by e = e⁻|ˣ|: nothing overflows, nothing cancels. This is a: 2e + e², above 0 2e + 1. */
// @ts-ignore: decorator
@inline
function mishPart(e: v128, x: v128): v128 {
  return f32x4.add(f32x4.add(e, e), parted(x, f32x4.mul(e, e), single(Single.One)));
}

/** This is b: 2, above 0 2e². */
// @ts-ignore: decorator
@inline
function mishRest(e: v128, x: v128): v128 {
  return parted(x, single(Single.Two), f32x4.mul(f32x4.add(e, e), e));
}

/** x·tanh(ln(1 + eˣ)) by e = e⁻|ˣ| */
// @ts-ignore: decorator
@inline
export function mishBy(e: v128, x: v128): v128 {
  const part = mishPart(e, x);
  return f32x4.mul(x, f32x4.div(part, f32x4.add(part, mishRest(e, x))));
}

/** w + x·(1 − w)·(1 + w)·σ(x), w = tanh(ln(1 + eˣ)), by e = e⁻|ˣ| */
// @ts-ignore: decorator
@inline
export function mishSlopeBy(e: v128, x: v128): v128 {
  const part = mishPart(e, x), rest = mishRest(e, x);
  const whole = f32x4.add(part, rest);
  const w = f32x4.div(part, whole);
  const bend = f32x4.mul(f32x4.div(rest, whole), f32x4.add(single(Single.One), w));
  return f32x4.add(w, f32x4.mul(f32x4.mul(x, bend), logisticBy(e, x)));
}
