import { Single, single } from "./constants";
import { abs, neg } from "./single";

// Curves of straight lines and other plain arithmetic, for four float32 numbers.

/** min(max(x, low), high) */
// @ts-ignore: decorator
@inline
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** 1 where low < x < high, else 0 */
// @ts-ignore: decorator
@inline
export function inside(x: v128, low: v128, high: v128): v128 {
  return v128.and(single(Single.One), v128.and(f32x4.gt(x, low), f32x4.lt(x, high)));
}

/** min(max(x + 3, 0), 6) / 6 */
// @ts-ignore: decorator
@inline
export function hardSigmoid(x: v128): v128 {
  const shifted = f32x4.add(x, single(Single.Three));
  return f32x4.div(clamp(shifted, single(Single.Zero), single(Single.Six)), single(Single.Six));
}

/** 1/6 where −3 < x < 3, else 0 */
// @ts-ignore: decorator
@inline
export function hardSigmoidSlope(x: v128): v128 {
  const three = single(Single.Three);
  return v128.and(single(Single.Sixth), f32x4.lt(abs(x), three));
}

/** x where x ≥ 3, x·(x + 3)/6 above −3, else 0 with the sign of x */
// @ts-ignore: decorator
@inline
export function hardSwish(x: v128): v128 {
  const three = single(Single.Three);
  const middle = f32x4.div(f32x4.mul(x, f32x4.add(x, three)), single(Single.Six));
  const upper = v128.bitselect(x, middle, f32x4.ge(x, three));
  return v128.bitselect(f32x4.mul(x, single(Single.Zero)), upper, f32x4.le(x, neg(three)));
}

/** 0 below −3, 1 above 3, x/3 + ½ between */
// @ts-ignore: decorator
@inline
export function hardSwishSlope(x: v128): v128 {
  const three = single(Single.Three);
  const middle = f32x4.add(f32x4.div(x, three), single(Single.Half));
  const upper = v128.bitselect(single(Single.One), middle, f32x4.gt(x, three));
  return v128.andnot(upper, f32x4.lt(x, neg(three)));
}

/** value where x ≤ threshold, else x */
// @ts-ignore: decorator
@inline
export function threshold(x: v128, limit: v128, value: v128): v128 {
  return v128.bitselect(value, x, f32x4.le(x, limit));
}

/** 0 where x ≤ threshold, else 1 */
// @ts-ignore: decorator
@inline
export function thresholdSlope(x: v128, limit: v128): v128 {
  return v128.andnot(single(Single.One), f32x4.le(x, limit));
}

/** x − λ above λ, x + λ below −λ, else 0 with the sign of x */
// @ts-ignore: decorator
@inline
export function softShrink(x: v128, lambda: v128): v128 {
  const lower = v128.bitselect(f32x4.add(x, lambda), f32x4.mul(x, single(Single.Zero)), f32x4.lt(x, neg(lambda)));
  return v128.bitselect(f32x4.sub(x, lambda), lower, f32x4.gt(x, lambda));
}

/** 1 where |x| > λ, else 0 */
// @ts-ignore: decorator
@inline
export function softShrinkSlope(x: v128, lambda: v128): v128 {
  return v128.and(single(Single.One), f32x4.gt(abs(x), lambda));
}

/** 0 where |x| ≤ λ, else x */
// @ts-ignore: decorator
@inline
export function hardShrink(x: v128, lambda: v128): v128 {
  return v128.andnot(x, f32x4.le(abs(x), lambda));
}

/** 0 where |x| ≤ λ, else 1 */
// @ts-ignore: decorator
@inline
export function hardShrinkSlope(x: v128, lambda: v128): v128 {
  return v128.andnot(single(Single.One), f32x4.le(abs(x), lambda));
}

/** x / (1 + |x|) */
// @ts-ignore: decorator
@inline
export function softsign(x: v128): v128 {
  return f32x4.div(x, f32x4.add(single(Single.One), abs(x)));
}

/** 1 / (1 + |x|)² */
// @ts-ignore: decorator
@inline
export function softsignSlope(x: v128): v128 {
  const one = single(Single.One);
  const whole = f32x4.add(one, abs(x));
  return f32x4.div(f32x4.div(one, whole), whole);
}
