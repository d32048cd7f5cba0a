import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";
import { lower, upper } from "./widths";

// y = x, or a·x where x ≤ 0. Slopes are one for all, or one for each column.

// @ts-ignore: decorator
@inline
function slopeAt(slopes: usize, isOne: bool, o: usize, count: i32): v128 {
  return isOne ? v128.load32_splat(slopes) : loadUpTo(slopes + o, count);
}

/** y = x, or a·x where x ≤ 0 */
export function prelu(x: usize, slopes: usize, isOne: bool, y: usize, rows: i32, cols: i32): void {
  const whole = bytes(cols & ~3), rest = cols & 3;
  for (let r = 0; r < rows; r++, x += bytes(cols), y += bytes(cols)) {
    for (let o: usize = 0; o < whole; o += 16) valueLanes(x + o, slopeAt(slopes, isOne, o, 4), y + o, 4);
    if (rest > 0) valueLanes(x + whole, slopeAt(slopes, isOne, whole, rest), y + whole, rest);
  }
}

// @ts-ignore: decorator
@inline
function valueLanes(x: usize, slope: v128, y: usize, count: i32): void {
  const v = loadUpTo(x, count);
  storeUpTo(y, v128.bitselect(f32x4.mul(slope, v), v, f32x4.le(v, f32x4.splat(0))), count);
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

/** The same for one slope that is learned: its gradient Σ dy ∘ x where x ≤ 0, in four sums, which wait less for each other */
export function preluSlopeGradient(x: usize, slope: usize, dy: usize, dx: usize, length: i32): f64 {
  const a = v128.load32_splat(slope);
  const whole = bytes(length & ~3), rest = length & 3;
  let low = f64x2.splat(0), high = low;
  for (let o: usize = 0; o < whole; o += 16) {
    const part = gradientLanes(x + o, a, dy + o, dx + o, 4);
    low = f64x2.add(low, lower(part)), high = f64x2.add(high, upper(part));
  }
  if (rest > 0) {
    const part = gradientLanes(x + whole, a, dy + whole, dx + whole, rest);
    low = f64x2.add(low, lower(part)), high = f64x2.add(high, upper(part));
  }
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** dx = dy, or a·dy where x ≤ 0; returns dy ∘ x where x ≤ 0, else 0 */
// @ts-ignore: decorator
@inline
function gradientLanes(x: usize, slope: v128, dy: usize, dx: usize, count: i32): v128 {
  const v = loadUpTo(x, count), d = loadUpTo(dy, count);
  const isBelow = f32x4.le(v, f32x4.splat(0));
  storeUpTo(dx, v128.bitselect(f32x4.mul(slope, d), d, isBelow), count);
  return v128.and(f32x4.mul(d, v), isBelow);
}
