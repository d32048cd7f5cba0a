import { bytes } from "../lanes";
import { storeWithin } from "./row-ends";
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
  const row = bytes(width);
  for (let g = 0; g < groups; g++, x += 2 * row, y += row) {
    for (let o: usize = 0; o < row; o += 16) {
      const a = v128.load(x + o), b = v128.load(x + row + o);
      const product = f32x4.mul(a, logistic(isSwish ? a : b));
      storeWithin(y + o, isSwish ? f32x4.mul(product, b) : product, row - o);
    }
  }
}

// @ts-ignore: decorator
@inline
function gateGradientAs(isSwish: bool, x: usize, dy: usize, dx: usize, groups: i32, width: i32): void {
  const row = bytes(width);
  for (let g = 0; g < groups; g++, x += 2 * row, dx += 2 * row, dy += row) {
    for (let o: usize = 0; o < row; o += 16) {
      const a = v128.load(x + o), b = v128.load(x + row + o), d = v128.load(dy + o);
      const e = expMinusSize(isSwish ? a : b);
      const share = logisticBy(e, isSwish ? a : b);
      const byA = isSwish ? f32x4.mul(siluSlopeBy(e, a), b) : share;
      const byB = isSwish ? f32x4.mul(a, share) : f32x4.mul(f32x4.mul(a, share), logisticBy(e, neg(b)));
      storeWithin(dx + o, f32x4.mul(d, byA), row - o);
      storeWithin(dx + row + o, f32x4.mul(d, byB), row - o);
    }
  }
}
