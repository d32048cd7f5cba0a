// A step down a gradient, w + rate · (g / divisor), every operation rounded.

/** Ways to divide that give the same numbers, where they can be had; the first is the fastest. */
// @ts-ignore: decorator
@inline export const BY_NOTHING: i32 = 0; // the divisor is 1
// @ts-ignore: decorator
@inline export const BY_INVERSE: i32 = 1; // a power of two, whose inverse is exact
// @ts-ignore: decorator
@inline export const BY_DIVISOR: i32 = 2;

// @ts-ignore: decorator
@inline
export function wayToDivide(divisor: f32): i32 {
  if (divisor == 1) return BY_NOTHING;
  const isPowerOfTwo = (reinterpret<u32>(divisor) & 0x7fffff) == 0;
  return isPowerOfTwo && divisor > 1 && divisor <= 16777216 ? BY_INVERSE : BY_DIVISOR;
}

/** What `descended` multiplies with, or divides by. */
// @ts-ignore: decorator
@inline
export function divisorLanes(way: i32, divisor: f32): v128 {
  return f32x4.splat(way == BY_DIVISOR ? divisor : 1 / divisor);
}

/** w + rate · (g / divisor). `way` is a constant of the caller. */
// @ts-ignore: decorator
@inline
export function descended(way: i32, w: v128, g: v128, by: v128, rate: v128): v128 {
  if (way == BY_INVERSE) g = f32x4.mul(g, by);
  if (way == BY_DIVISOR) g = f32x4.div(g, by);
  return f32x4.add(w, f32x4.mul(rate, g));
}
