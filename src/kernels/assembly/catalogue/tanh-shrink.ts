import { Single, single } from "./constants";
import { abs, expMinusSize, line, plus } from "./single";

// x − tanh x of four float32 numbers. Near 0, where the difference would cancel, it is a series; beyond ±1
// |x| − tanh |x| = (|x| − 1) + 2e / (1 + e) by e = e^(−2|x|).

/** x³/3 + x³·(−2x²/15 + …) for 0 ≤ x < 1: the larger part is not rounded again with the smaller one. */
// @ts-ignore: decorator
@inline
function cubic(x: v128): v128 {
  const s = f32x4.mul(x, x);
  const s2 = f32x4.mul(s, s);
  const low = plus(line(Single.Cubic0, Single.Cubic1, s), line(Single.Cubic2, Single.Cubic3, s), s2);
  const high = plus(line(Single.Cubic4, Single.Cubic5, s), line(Single.Cubic6, Single.Cubic7, s), s2);
  const cube = f32x4.mul(x, s);
  return plus(f32x4.mul(cube, single(Single.Third)), cube, plus(low, high, f32x4.mul(s2, s2)));
}

/** 1 − tanh |x| */
// @ts-ignore: decorator
@inline
export function tanhRest(x: v128): v128 {
  const e = expMinusSize(f32x4.add(x, x));
  return f32x4.div(f32x4.add(e, e), f32x4.add(single(Single.One), e));
}

/** |x| − tanh |x| by the rest */
// @ts-ignore: decorator
@inline
export function tanhShrinkSize(rest: v128, x: v128): v128 {
  const size = abs(x), one = single(Single.One);
  return v128.bitselect(cubic(size), f32x4.add(f32x4.sub(size, one), rest), f32x4.lt(size, one));
}

/** tanh² x by both of these */
// @ts-ignore: decorator
@inline
export function tanhShrinkSlope(y: v128, rest: v128, x: v128): v128 {
  const size = abs(x), one = single(Single.One);
  const tanh = v128.bitselect(f32x4.sub(size, y), f32x4.sub(one, rest), f32x4.lt(size, one));
  return f32x4.mul(tanh, tanh);
}
