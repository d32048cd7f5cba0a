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
  for (let g = 0; g < groups; g++) {
    const second = x + bytes(width);
    for (let c = 0; c < width; c += 4) {
      const o = bytes(c), count = width - c;
      const a = loadUpTo(x + o, count), b = loadUpTo(second + o, count);
      const product = f32x4.mul(a, logistic(isSwish ? a : b));
      storeUpTo(y + o, isSwish ? f32x4.mul(product, b) : product, count);
    }
    x += 2 * bytes(width), y += bytes(width);
  }
}

// @ts-ignore: decorator
@inline
function gateGradientAs(isSwish: bool, x: usize, dy: usize, dx: usize, groups: i32, width: i32): void {
  for (let g = 0; g < groups; g++) {
    const second = x + bytes(width), dSecond = dx + bytes(width);
    for (let c = 0; c < width; c += 4) {
      const o = bytes(c), count = width - c;
      const a = loadUpTo(x + o, count), b = loadUpTo(second + o, count), d = loadUpTo(dy + o, count);
      const e = expMinusSize(isSwish ? a : b);
      const share = logisticBy(e, isSwish ? a : b);
      const byA = isSwish ? f32x4.mul(siluSlopeBy(e, a), b) : share;
      const byB = isSwish ? f32x4.mul(a, share) : f32x4.mul(f32x4.mul(a, share), logisticBy(e, neg(b)));
      storeUpTo(dx + o, f32x4.mul(d, byA), count);
      storeUpTo(dSecond + o, f32x4.mul(d, byB), count);
    }
    x += 2 * bytes(width), dx += 2 * bytes(width), dy += bytes(width);
  }
}
