// A step down a gradient, w + rate · (g / divisor), every operation rounded.

/** Ways to divide that give the same numbers, where they can be had; the first is the fastest. */
export const enum Way {
  Nothing, // the divisor is 1
  Inverse, // it is a power of two, whose inverse is exact
  Divisor,
}

// @ts-ignore: decorator
@inline
export function wayToDivide(divisor: f32): Way {
  if (divisor == 1) return Way.Nothing;
  const isPowerOfTwo = (reinterpret<u32>(divisor) & 0x7fffff) == 0;
  return isPowerOfTwo && divisor > 1 && divisor <= 16777216 ? Way.Inverse : Way.Divisor;
}

/** What `descended` multiplies with, or divides by. */
// @ts-ignore: decorator
@inline
export function divisorLanes(way: Way, divisor: f32): v128 {
  return f32x4.splat(way == Way.Divisor ? divisor : 1 / divisor);
}

/** w + rate · (g / divisor). `way` is a constant of the caller. */
// @ts-ignore: decorator
@inline
export function descended(way: Way, w: v128, g: v128, by: v128, rate: v128): v128 {
  if (way == Way.Inverse) g = f32x4.mul(g, by);
  if (way == Way.Divisor) g = f32x4.div(g, by);
  return f32x4.add(w, f32x4.mul(rate, g));
}
