import { bytes } from "../lanes";
import { draw, firstBlocks, eightOn, pair, words } from "./philox";
import { loadUpTo, storeUpTo } from "./tails";
import { lower, rounded, upper } from "./widths";

/**
 * y = x ∘ a + b, a = 0 and b = `below` where a word is below `limit`, else a = `kept` and b = `above`; without b unless
 * `isShifted`. Rows are those of an example and the following ones.
 */
export function mask(
  x: usize, scale: usize, y: usize, rows: i32, cols: i32,
  key0: i32, key1: i32, step: i32, example: i32, exampleHigh: i32,
  limit: i32, kept: f32, isShifted: bool, below: f64, above: f64,
): void {
  const key = pair(key0, key1);
  let odd = pair(example, exampleHigh);
  for (let r = 0; r < rows; r++, odd = i64x2.add(odd, i64x2.splat(1))) {
    let even = firstBlocks(step);
    for (let c = 0; c < cols; c += 32, even = eightOn(even)) {
      draw(even, odd, key);
      const end = min(cols - c, 32);
      for (let i = 0; i < end; i += 4) {
        const o = bytes(i), count = end - i;
        const isBelow = i32x4.lt_u(v128.load(words + o), i32x4.splat(limit));
        const a = v128.andnot(f32x4.splat(kept), isBelow), v = loadUpTo(x + o, count);
        storeUpTo(scale + o, a, count);
        storeUpTo(y + o, isShifted ? shifted(v, a, isBelow, below, above) : f32x4.mul(v, a), count);
      }
      x += bytes(end), scale += bytes(end), y += bytes(end);
    }
  }
}

/** x ∘ a + b, rounded once from float64, where the product is exact */
// @ts-ignore: decorator
@inline
function shifted(x: v128, a: v128, isBelow: v128, below: f64, above: f64): v128 {
  const low = v128.bitselect(f64x2.splat(below), f64x2.splat(above), i32x4.shuffle(isBelow, isBelow, 0, 0, 1, 1));
  const high = v128.bitselect(f64x2.splat(below), f64x2.splat(above), i32x4.shuffle(isBelow, isBelow, 2, 2, 3, 3));
  return rounded(f64x2.add(f64x2.mul(lower(x), lower(a)), low), f64x2.add(f64x2.mul(upper(x), upper(a)), high));
}
