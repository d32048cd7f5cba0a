import { descended, divisorLanes, Way, wayToDivide } from "./descent";
import { bytes, loadLanes, multiplyAdd, storeLanes } from "./lanes";

// A step down the gradient of few rows: tiles would be loaded and stored for a handful of multiply-adds each, so the
// weights are read along instead, once.

/** w_ij = w_ij + rate · (Σ_p x_pi·y_pj / divisor), p ascending; rows of x, y and w are so many bytes apart. */
export function fewDescend(
  x: usize, xRow: usize, y: usize, yRow: usize, w: usize, wRow: usize, m: i32, n: i32, k: i32, divisor: f32, rate: f32,
): void {
  const way = wayToDivide(divisor);
  if (way == Way.Divisor) fewDescendAs(Way.Divisor, x, xRow, y, yRow, w, wRow, m, n, k, divisor, rate);
  else fewDescendAs(Way.Inverse, x, xRow, y, yRow, w, wRow, m, n, k, divisor, rate);
}

// @ts-ignore: decorator
@inline
function fewDescendAs(
  way: Way, x: usize, xRow: usize, y: usize, yRow: usize, w: usize, wRow: usize, m: i32, n: i32, k: i32,
  divisor: f32, rate: f32,
): void {
  const by = divisorLanes(way, divisor), scale = f32x4.splat(rate);
  for (let i = 0; i < m; i++, x += 4, w += wRow) {
    let j = 0;
    for (; j + 16 <= n; j += 16) {
      let g0 = f32x4.splat(0), g1 = g0, g2 = g0, g3 = g0;
      let from = y + bytes(j), factor = x;
      for (let p = 0; p < k; p++, from += yRow, factor += xRow) {
        const s = v128.load32_splat(factor);
        g0 = multiplyAdd(s, v128.load(from), g0);
        g1 = multiplyAdd(s, v128.load(from, 16), g1);
        g2 = multiplyAdd(s, v128.load(from, 32), g2);
        g3 = multiplyAdd(s, v128.load(from, 48), g3);
      }
      const to = w + bytes(j);
      v128.store(to, descended(way, v128.load(to), g0, by, scale));
      v128.store(to, descended(way, v128.load(to, 16), g1, by, scale), 16);
      v128.store(to, descended(way, v128.load(to, 32), g2, by, scale), 32);
      v128.store(to, descended(way, v128.load(to, 48), g3, by, scale), 48);
    }
    for (; j < n; j += 4) {
      let g = f32x4.splat(0);
      let from = y + bytes(j), factor = x;
      // What stands behind the last column is computed with, and not stored.
      for (let p = 0; p < k; p++, from += yRow, factor += xRow) {
        g = multiplyAdd(v128.load32_splat(factor), v128.load(from), g);
      }
      const to = w + bytes(j), count = n - j;
      storeLanes(to, descended(way, loadLanes(to, count), g, by, scale), count);
    }
  }
}
