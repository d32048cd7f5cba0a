import { bytes, loadLanes, storeLanes } from "./lanes";

// y = f(x) and dx = dy ∘ f′(x) for the curves that nearly every network has; src/kernels/curves.ts says the equations. The
// others are in catalogue/, a module of its own.

const enum Curve { ReLU, LeakyReLU }

/** y = f(x) */
export function map(curve: i32, x: usize, y: usize, count: i32, p: f32): void {
  const end = x + bytes(count & ~3);
  const zero = f32x4.splat(0), slope = f32x4.splat(p);
  // The most used curve gets a loop without a question in it.
  if (curve == Curve.ReLU) {
    for (; x < end; x += 16, y += 16) v128.store(y, f32x4.max(v128.load(x), zero));
    count &= 3;
  }
  for (; count > 0; count -= 4, x += 16, y += 16) {
    const v = loadLanes(x, count);
    const below = v128.bitselect(f32x4.mul(slope, v), v, f32x4.le(v, zero));
    storeLanes(y, curve == Curve.ReLU ? f32x4.max(v, zero) : below, count);
  }
}

/** dx = dy ∘ f′(x) */
export function mapGradient(curve: i32, x: usize, dy: usize, dx: usize, count: i32, p: f32): void {
  const end = x + bytes(count & ~3);
  const zero = f32x4.splat(0), one = f32x4.splat(1), below = f32x4.splat(p);
  if (curve == Curve.ReLU) {
    for (; x < end; x += 16, dy += 16, dx += 16) {
      v128.store(dx, f32x4.mul(v128.load(dy), v128.andnot(one, f32x4.le(v128.load(x), zero))));
    }
    count &= 3;
  }
  for (; count > 0; count -= 4, x += 16, dy += 16, dx += 16) {
    const isBelow = f32x4.le(loadLanes(x, count), zero);
    const slope = curve == Curve.ReLU ? v128.andnot(one, isBelow) : v128.bitselect(below, one, isBelow);
    storeLanes(dx, f32x4.mul(loadLanes(dy, count), slope), count);
  }
}
