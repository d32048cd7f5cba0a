import { bytes } from "../lanes";
import { storeWithin, within } from "./row-ends";
import { lower, upper } from "./widths";

// y = x, or a·x where x ≤ 0. Slopes are one for all, or one for each column.

// @ts-ignore: decorator
@inline
function slopeAt(slopes: usize, isOne: bool, o: usize): v128 {
  return isOne ? v128.load32_splat(slopes) : v128.load(slopes + o);
}

/** `below` where x ≤ 0, else `above` */
// @ts-ignore: decorator
@inline
function parted(x: v128, below: v128, above: v128): v128 {
  return v128.bitselect(below, above, f32x4.le(x, f32x4.splat(0)));
}

/** y = x, or a·x where x ≤ 0 */
export function prelu(x: usize, slopes: usize, isOne: bool, y: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++, x += row, y += row) {
    for (let o: usize = 0; o < row; o += 16) {
      const v = v128.load(x + o);
      storeWithin(y + o, parted(v, f32x4.mul(slopeAt(slopes, isOne, o), v), v), row - o);
    }
  }
}

/** dx = dy, or a·dy where x ≤ 0; where slopes are learned, products = dy ∘ x where x ≤ 0, else 0 */
export function preluGradient(
  x: usize, slopes: usize, isOne: bool, dy: usize, dx: usize, products: usize, rows: i32, cols: i32,
): void {
  const row = bytes(cols), zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++, x += row, dy += row, dx += row) {
    for (let o: usize = 0; o < row; o += 16) {
      const v = v128.load(x + o), d = v128.load(dy + o);
      if (products != 0) storeWithin(products + o, parted(v, f32x4.mul(d, v), zero), row - o);
      storeWithin(dx + o, parted(v, f32x4.mul(slopeAt(slopes, isOne, o), d), d), row - o);
    }
    if (products != 0) products += row;
  }
}

/** The same for one slope that is learned: its gradient Σ dy ∘ x where x ≤ 0, in four sums, which wait less for each other */
export function preluSlopeGradient(x: usize, slope: usize, dy: usize, dx: usize, length: i32): f64 {
  const row = bytes(length), a = v128.load32_splat(slope), zero = f32x4.splat(0);
  let low = f64x2.splat(0), high = low;
  for (let o: usize = 0; o < row; o += 16) {
    const v = v128.load(x + o), d = v128.load(dy + o);
    const part = within(parted(v, f32x4.mul(d, v), zero), row - o);
    low = f64x2.add(low, lower(part)), high = f64x2.add(high, upper(part));
    storeWithin(dx + o, parted(v, f32x4.mul(a, d), d), row - o);
  }
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
