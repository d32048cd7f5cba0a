import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";
import { expMinusSize, logistic, logisticBy, neg } from "./single";
import { siluSlopeBy } from "./smooth";

// Groups of 2·width numbers [a | b], each to `width` numbers. GLU: y = a·σ(b). SwiGLU: y = a·σ(a)·b.

/** y = f(a, b) */
export function gate(isSwish: bool, x: usize, y: usize, groups: i32, width: i32): void {
  if (isSwish) gateAs(true, x, y, groups, width);
  else gateAs(false, x, y, groups, width);
}

/** da = dy · ∂f/∂a,  db = dy · ∂f/∂b */
export function gateGradient(isSwish: bool, x: usize, dy: usize, dx: usize, groups: i32, width: i32): void {
  if (isSwish) gateGradientAs(true, x, dy, dx, groups, width);
  else gateGradientAs(false, x, dy, dx, groups, width);
}

// @ts-ignore: decorator
@inline
function gateAs(isSwish: bool, x: usize, y: usize, groups: i32, width: i32): void {
  const whole = bytes(width & ~3), rest = width & 3;
  for (let g = 0; g < groups; g++, x += 2 * bytes(width), y += bytes(width)) {
    const second = x + bytes(width);
    for (let o: usize = 0; o < whole; o += 16) {
      v128.store(y + o, gated(isSwish, v128.load(x + o), v128.load(second + o)));
    }
    if (rest == 0) continue;
    storeUpTo(y + whole, gated(isSwish, loadUpTo(x + whole, rest), loadUpTo(second + whole, rest)), rest);
  }
}

// @ts-ignore: decorator
@inline
function gated(isSwish: bool, a: v128, b: v128): v128 {
  const product = f32x4.mul(a, logistic(isSwish ? a : b));
  return isSwish ? f32x4.mul(product, b) : product;
}

// @ts-ignore: decorator
@inline
function gateGradientAs(isSwish: bool, x: usize, dy: usize, dx: usize, groups: i32, width: i32): void {
  const whole = bytes(width & ~3), rest = width & 3;
  for (let g = 0; g < groups; g++, x += 2 * bytes(width), dx += 2 * bytes(width), dy += bytes(width)) {
    const second = x + bytes(width), dSecond = dx + bytes(width);
    for (let o: usize = 0; o < whole; o += 16) gradientLanes(isSwish, x + o, second + o, dy + o, dx + o, dSecond + o, 4);
    if (rest == 0) continue;
    gradientLanes(isSwish, x + whole, second + whole, dy + whole, dx + whole, dSecond + whole, rest);
  }
}

// @ts-ignore: decorator
@inline
function gradientLanes(
  isSwish: bool, first: usize, second: usize, dy: usize, dx: usize, dSecond: usize, count: i32,
): void {
  const a = loadUpTo(first, count), b = loadUpTo(second, count), d = loadUpTo(dy, count);
  const e = expMinusSize(isSwish ? a : b);
  const share = logisticBy(e, isSwish ? a : b);
  const byA = isSwish ? f32x4.mul(siluSlopeBy(e, a), b) : share;
  const byB = isSwish ? f32x4.mul(a, share) : f32x4.mul(f32x4.mul(a, share), logisticBy(e, neg(b)));
  storeUpTo(dx, f32x4.mul(d, byA), count);
  storeUpTo(dSecond, f32x4.mul(d, byB), count);
}
