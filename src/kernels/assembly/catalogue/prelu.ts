import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";

// y = x, or a·x where x ≤ 0. Slopes are one for all, or one for each column.

// @ts-ignore: decorator
@inline
function slopeAt(slopes: usize, isOne: bool, o: usize, count: i32): v128 {
  return isOne ? v128.load32_splat(slopes) : loadUpTo(slopes + o, count);
}

/** y = x, or a·x where x ≤ 0 */
export function prelu(x: usize, slopes: usize, isOne: bool, y: usize, rows: i32, cols: i32): void {
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++, x += bytes(cols), y += bytes(cols)) {
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const v = loadUpTo(x + o, count);
      const below = f32x4.mul(slopeAt(slopes, isOne, o, count), v);
      storeUpTo(y + o, v128.bitselect(below, v, f32x4.le(v, zero)), count);
    }
  }
}

/** dx = dy, or a·dy where x ≤ 0; where slopes are learned, products = dy ∘ x where x ≤ 0, else 0 */
export function preluGradient(
  x: usize, slopes: usize, isOne: bool, dy: usize, dx: usize, products: usize, rows: i32, cols: i32,
): void {
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const v = loadUpTo(x + o, count), d = loadUpTo(dy + o, count);
      const isBelow = f32x4.le(v, zero);
      if (products != 0) storeUpTo(products + o, v128.and(f32x4.mul(d, v), isBelow), count);
      storeUpTo(dx + o, v128.bitselect(f32x4.mul(slopeAt(slopes, isOne, o, count), d), d, isBelow), count);
    }
    x += bytes(cols), dy += bytes(cols), dx += bytes(cols);
    if (products != 0) products += bytes(cols);
  }
}
