import { bytes, loadLanes, multiplyAdd, storeLanes } from "./lanes";

// Products with a single row: nothing is read twice, so nothing is packed. Each number of the result is the same chain
// of multiply-adds as in a tile.

/** y_j = Σ_p x_p·b_pj, or added to y; rows of b are `bStep` bytes apart, 32 columns at a time stay in registers. */
export function rowTimes(x: usize, b: usize, bStep: usize, y: usize, n: i32, k: i32, accumulate: bool): void {
  let j = 0;
  for (; j + 32 <= n; j += 32) {
    const to = y + 4 * j;
    let y0 = f32x4.splat(0), y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0;
    if (accumulate) {
      y0 = v128.load(to), y1 = v128.load(to, 16), y2 = v128.load(to, 32), y3 = v128.load(to, 48);
      y4 = v128.load(to, 64), y5 = v128.load(to, 80), y6 = v128.load(to, 96), y7 = v128.load(to, 112);
    }
    let from = b + 4 * j;
    for (let p = 0; p < k; p++) {
      const s = v128.load32_splat(x + bytes(p));
      y0 = multiplyAdd(s, v128.load(from), y0);
      y1 = multiplyAdd(s, v128.load(from, 16), y1);
      y2 = multiplyAdd(s, v128.load(from, 32), y2);
      y3 = multiplyAdd(s, v128.load(from, 48), y3);
      y4 = multiplyAdd(s, v128.load(from, 64), y4);
      y5 = multiplyAdd(s, v128.load(from, 80), y5);
      y6 = multiplyAdd(s, v128.load(from, 96), y6);
      y7 = multiplyAdd(s, v128.load(from, 112), y7);
      from += bStep;
    }
    v128.store(to, y0), v128.store(to, y1, 16), v128.store(to, y2, 32), v128.store(to, y3, 48);
    v128.store(to, y4, 64), v128.store(to, y5, 80), v128.store(to, y6, 96), v128.store(to, y7, 112);
  }
  for (; j + 8 <= n; j += 8) {
    const to = y + 4 * j;
    let y0 = f32x4.splat(0), y1 = y0;
    if (accumulate) y0 = v128.load(to), y1 = v128.load(to, 16);
    let from = b + 4 * j;
    for (let p = 0; p < k; p++) {
      const s = v128.load32_splat(x + bytes(p));
      y0 = multiplyAdd(s, v128.load(from), y0);
      y1 = multiplyAdd(s, v128.load(from, 16), y1);
      from += bStep;
    }
    v128.store(to, y0), v128.store(to, y1, 16);
  }
  for (; j < n; j += 4) {
    const to = y + 4 * j;
    const count = n - j;
    let sum = accumulate ? loadLanes(to, count) : f32x4.splat(0);
    let from = b + 4 * j;
    for (let p = 0; p < k; p++) {
      sum = multiplyAdd(v128.load32_splat(x + bytes(p)), loadLanes(from, count), sum);
      from += bStep;
    }
    storeLanes(to, sum, count);
  }
}

/** y_j = Σ_p x_p·b_jp, or added to y; rows of b are `bRow` bytes apart, 4 × 4 numbers are transposed at a time. */
export function rowTimesTransposed(
  x: usize, b: usize, bRow: usize, y: usize, n: i32, k: i32, accumulate: bool,
): void {
  for (let j = 0; j < n; j += 4) {
    const to = y + 4 * j;
    const count = n - j;
    const b0 = b + <usize>j * bRow;
    const b1 = count > 1 ? b0 + bRow : b0;
    const b2 = count > 2 ? b1 + bRow : b1;
    const b3 = count > 3 ? b2 + bRow : b2;
    let sum = accumulate ? loadLanes(to, count) : f32x4.splat(0);
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const o = bytes(p);
      const u = v128.load(b0 + o), v = v128.load(b1 + o), w = v128.load(b2 + o), z = v128.load(b3 + o);
      const uvLow = i32x4.shuffle(u, v, 0, 4, 1, 5), uvHigh = i32x4.shuffle(u, v, 2, 6, 3, 7);
      const wzLow = i32x4.shuffle(w, z, 0, 4, 1, 5), wzHigh = i32x4.shuffle(w, z, 2, 6, 3, 7);
      sum = multiplyAdd(v128.load32_splat(x + o), i64x2.shuffle(uvLow, wzLow, 0, 2), sum);
      sum = multiplyAdd(v128.load32_splat(x + o, 4), i64x2.shuffle(uvLow, wzLow, 1, 3), sum);
      sum = multiplyAdd(v128.load32_splat(x + o, 8), i64x2.shuffle(uvHigh, wzHigh, 0, 2), sum);
      sum = multiplyAdd(v128.load32_splat(x + o, 12), i64x2.shuffle(uvHigh, wzHigh, 1, 3), sum);
    }
    for (; p < k; p++) {
      const o = bytes(p);
      let column = v128.load32_zero(b0 + o);
      column = v128.load32_lane(b1 + o, column, 1);
      column = v128.load32_lane(b2 + o, column, 2);
      column = v128.load32_lane(b3 + o, column, 3);
      sum = multiplyAdd(v128.load32_splat(x + o), column, sum);
    }
    storeLanes(to, sum, count);
  }
}

/** c_ij = c_ij + x_i·y_j, or x_i·y_j: the product of a column and a row. */
export function outer(x: usize, y: usize, c: usize, m: i32, n: i32, accumulate: bool): void {
  const zero = f32x4.splat(0);
  const wide = bytes(n & ~3);
  const rest = n & 3;
  for (let i = 0; i < m; i++) {
    const s = v128.load32_splat(x + bytes(i));
    for (let o: usize = 0; o < wide; o += 16) {
      v128.store(c + o, multiplyAdd(s, v128.load(y + o), accumulate ? v128.load(c + o) : zero));
    }
    if (rest > 0) {
      const old = accumulate ? loadLanes(c + wide, rest) : zero;
      storeLanes(c + wide, multiplyAdd(s, loadLanes(y + wide, rest), old), rest);
    }
    c += bytes(n);
  }
}

/** w + rate · (x·y / divisor) */
// @ts-ignore: decorator
@inline
function descended(w: v128, x: v128, y: v128, divides: bool, by: v128, scale: v128): v128 {
  let g = f32x4.mul(x, y);
  if (divides) g = f32x4.div(g, by);
  return f32x4.add(w, f32x4.mul(scale, g));
}

/** `outerDescend`, once for each way to treat the divisor. */
// @ts-ignore: decorator
@inline
function outerDescendAs(
  divides: bool, x: usize, y: usize, w: usize, m: i32, n: i32, by: v128, scale: v128, skipsZeros: bool,
): void {
  const wide = bytes(n & ~3), widest = bytes(n & ~15);
  const rest = n & 3;
  const end = x + bytes(m);
  for (; x < end; x += 4, w += bytes(n)) {
    if (skipsZeros && load<f32>(x) == 0) continue;
    const s = v128.load32_splat(x);
    let o: usize = 0;
    for (; o < widest; o += 64) {
      const to = w + o, from = y + o;
      v128.store(to, descended(v128.load(to), s, v128.load(from), divides, by, scale));
      v128.store(to, descended(v128.load(to, 16), s, v128.load(from, 16), divides, by, scale), 16);
      v128.store(to, descended(v128.load(to, 32), s, v128.load(from, 32), divides, by, scale), 32);
      v128.store(to, descended(v128.load(to, 48), s, v128.load(from, 48), divides, by, scale), 48);
    }
    for (; o < wide; o += 16) {
      v128.store(w + o, descended(v128.load(w + o), s, v128.load(y + o), divides, by, scale));
    }
    if (rest > 0) {
      storeLanes(w + o, descended(loadLanes(w + o, rest), s, loadLanes(y + o, rest), divides, by, scale), rest);
    }
  }
}

/**
 * w_ij = w_ij + rate · (x_i·y_j / divisor), each operation rounded. Where x_i is 0 and y is finite the row stays as it
 * is: pictures are mostly zeros.
 */
export function outerDescend(
  x: usize, y: usize, w: usize, m: i32, n: i32, divisor: f32, rate: f32, yIsFinite: bool,
): void {
  const by = f32x4.splat(divisor), scale = f32x4.splat(rate);
  if (divisor == 1) outerDescendAs(false, x, y, w, m, n, by, scale, yIsFinite);
  else outerDescendAs(true, x, y, w, m, n, by, scale, yIsFinite);
}
