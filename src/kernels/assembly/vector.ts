import { descended, divisorLanes, Way } from "./descent";
import { bytes, loadLanes, multiplyAdd, storeLanes } from "./lanes";

// Products with a single row: nothing is read twice, so nothing is packed. Each number of the result is the same chain
// of multiply-adds as in a tile.

/** y_j = Σ_p x_p·b_pj, or added to y; rows of b are `bStep` bytes apart. */
export function rowTimes(x: usize, b: usize, bStep: usize, y: usize, n: i32, k: i32, accumulate: bool): void {
  let j = 0;
  // Without fused arithmetic there are too few registers for so many columns in some engines.
  if (ASC_FEATURE_RELAXED_SIMD) {
    for (; j + 32 <= n; j += 32) rowTimesColumns(8, 4, x, b + 4 * j, bStep, y + 4 * j, k, accumulate);
  }
  for (; j + 16 <= n; j += 16) rowTimesColumns(4, 4, x, b + 4 * j, bStep, y + 4 * j, k, accumulate);
  const vectors = (n - j + 3) >> 2;
  const last = n - j - 4 * (vectors - 1);
  switch (vectors) {
    case 4: rowTimesColumns(4, last, x, b + 4 * j, bStep, y + 4 * j, k, accumulate); break;
    case 3: rowTimesColumns(3, last, x, b + 4 * j, bStep, y + 4 * j, k, accumulate); break;
    case 2: rowTimesColumns(2, last, x, b + 4 * j, bStep, y + 4 * j, k, accumulate); break;
    case 1: rowTimesColumns(1, last, x, b + 4 * j, bStep, y + 4 * j, k, accumulate); break;
  }
}

/**
 * So many vectors of four columns at a time, whose sums stay in registers. The last one has `last` columns: what stands
 * behind them is computed with, and not stored.
 */
// @ts-ignore: decorator
@inline
function rowTimesColumns(
  vectors: i32, last: i32, x: usize, b: usize, bStep: usize, y: usize, k: i32, accumulate: bool,
): void {
  let y0 = f32x4.splat(0), y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0;
  if (accumulate) {
    y0 = v128.load(y);
    if (vectors > 1) y1 = v128.load(y, 16);
    if (vectors > 2) y2 = v128.load(y, 32);
    if (vectors > 3) y3 = v128.load(y, 48);
    if (vectors > 4) y4 = v128.load(y, 64), y5 = v128.load(y, 80), y6 = v128.load(y, 96), y7 = v128.load(y, 112);
  }
  for (let p = 0; p < k; p++) {
    const s = v128.load32_splat(x + bytes(p));
    y0 = multiplyAdd(s, v128.load(b), y0);
    if (vectors > 1) y1 = multiplyAdd(s, v128.load(b, 16), y1);
    if (vectors > 2) y2 = multiplyAdd(s, v128.load(b, 32), y2);
    if (vectors > 3) y3 = multiplyAdd(s, v128.load(b, 48), y3);
    if (vectors > 4) {
      y4 = multiplyAdd(s, v128.load(b, 64), y4);
      y5 = multiplyAdd(s, v128.load(b, 80), y5);
      y6 = multiplyAdd(s, v128.load(b, 96), y6);
      y7 = multiplyAdd(s, v128.load(b, 112), y7);
    }
    b += bStep;
  }
  if (vectors > 1) v128.store(y, y0);
  if (vectors > 2) v128.store(y, y1, 16);
  if (vectors > 3) v128.store(y, y2, 32);
  if (vectors == 1) storeLanes(y, y0, last);
  if (vectors == 2) storeLanes(y + 16, y1, last);
  if (vectors == 3) storeLanes(y + 32, y2, last);
  if (vectors == 4) storeLanes(y + 48, y3, last);
  if (vectors > 4) {
    v128.store(y, y3, 48);
    v128.store(y, y4, 64), v128.store(y, y5, 80), v128.store(y, y6, 96), v128.store(y, y7, 112);
  }
}

/** y_j = Σ_p x_p·b_jp, or added to y; rows of b are `bRow` bytes apart. */
export function rowTimesTransposed(
  x: usize, b: usize, bRow: usize, y: usize, n: i32, k: i32, accumulate: bool,
): void {
  let j = 0;
  // Each chain of sums waits for itself: two of them, eight columns, run side by side.
  for (; j + 8 <= n; j += 8) {
    const to = y + 4 * j;
    const first = b + <usize>j * bRow, second = first + 4 * bRow;
    let sum0 = f32x4.splat(0), sum1 = sum0;
    if (accumulate) sum0 = v128.load(to), sum1 = v128.load(to, 16);
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const o = bytes(p);
      sum0 = fourSteps(sum0, x + o, first + o, bRow, bRow, bRow);
      sum1 = fourSteps(sum1, x + o, second + o, bRow, bRow, bRow);
    }
    for (; p < k; p++) {
      const o = bytes(p);
      sum0 = oneStep(sum0, x + o, first + o, bRow, bRow, bRow);
      sum1 = oneStep(sum1, x + o, second + o, bRow, bRow, bRow);
    }
    v128.store(to, sum0), v128.store(to, sum1, 16);
  }
  for (; j < n; j += 4) {
    const to = y + 4 * j;
    const count = n - j;
    const from = b + <usize>j * bRow;
    // Columns that are not there repeat the last one; their lanes are not stored.
    const row1 = count > 1 ? bRow : 0, row2 = count > 2 ? bRow : 0, row3 = count > 3 ? bRow : 0;
    let sum = accumulate ? loadLanes(to, count) : f32x4.splat(0);
    let p = 0;
    for (; p + 4 <= k; p += 4) sum = fourSteps(sum, x + bytes(p), from + bytes(p), row1, row2, row3);
    for (; p < k; p++) sum = oneStep(sum, x + bytes(p), from + bytes(p), row1, row2, row3);
    storeLanes(to, sum, count);
  }
}

/** sum_j + Σ_p x_p·b_jp for the next four p; each row of b is so far behind the one before. */
// @ts-ignore: decorator
@inline
function fourSteps(sum: v128, x: usize, b: usize, row1: usize, row2: usize, row3: usize): v128 {
  const u = v128.load(b), v = v128.load(b + row1);
  const w = v128.load(b + row1 + row2), z = v128.load(b + row1 + row2 + row3);
  const uvLow = i32x4.shuffle(u, v, 0, 4, 1, 5), uvHigh = i32x4.shuffle(u, v, 2, 6, 3, 7);
  const wzLow = i32x4.shuffle(w, z, 0, 4, 1, 5), wzHigh = i32x4.shuffle(w, z, 2, 6, 3, 7);
  sum = multiplyAdd(v128.load32_splat(x), i64x2.shuffle(uvLow, wzLow, 0, 2), sum);
  sum = multiplyAdd(v128.load32_splat(x, 4), i64x2.shuffle(uvLow, wzLow, 1, 3), sum);
  sum = multiplyAdd(v128.load32_splat(x, 8), i64x2.shuffle(uvHigh, wzHigh, 0, 2), sum);
  return multiplyAdd(v128.load32_splat(x, 12), i64x2.shuffle(uvHigh, wzHigh, 1, 3), sum);
}

/** The same for the next p. */
// @ts-ignore: decorator
@inline
function oneStep(sum: v128, x: usize, b: usize, row1: usize, row2: usize, row3: usize): v128 {
  let column = v128.load32_zero(b);
  column = v128.load32_lane(b + row1, column, 1);
  column = v128.load32_lane(b + row1 + row2, column, 2);
  column = v128.load32_lane(b + row1 + row2 + row3, column, 3);
  return multiplyAdd(v128.load32_splat(x), column, sum);
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

/**
 * w_ij = w_ij + rate · (x_i·y_j / divisor), each operation rounded. Where x_i is 0 and y is finite the row stays as it
 * is: pictures are mostly zeros.
 */
export function outerDescend(
  x: usize, y: usize, w: usize, m: i32, n: i32, divisor: f32, rate: f32, yIsFinite: bool,
): void {
  if (divisor == 1) outerDescendAs(Way.Nothing, x, y, w, m, n, divisor, rate, yIsFinite);
  else outerDescendAs(Way.Divisor, x, y, w, m, n, divisor, rate, yIsFinite);
}

// @ts-ignore: decorator
@inline
function outerDescendAs(
  way: Way, x: usize, y: usize, w: usize, m: i32, n: i32, divisor: f32, rate: f32, skipsZeros: bool,
): void {
  const by = divisorLanes(way, divisor), scale = f32x4.splat(rate);
  const wide = bytes(n & ~3), widest = bytes(n & ~15);
  const rest = n & 3;
  const end = x + bytes(m);
  for (; x < end; x += 4, w += bytes(n)) {
    if (skipsZeros && load<f32>(x) == 0) continue;
    const s = v128.load32_splat(x);
    let o: usize = 0;
    for (; o < widest; o += 64) {
      outerDescendLanes(way, s, y + o, w + o, by, scale);
      outerDescendLanes(way, s, y + o + 16, w + o + 16, by, scale);
      outerDescendLanes(way, s, y + o + 32, w + o + 32, by, scale);
      outerDescendLanes(way, s, y + o + 48, w + o + 48, by, scale);
    }
    for (; o < wide; o += 16) outerDescendLanes(way, s, y + o, w + o, by, scale);
    if (rest > 0) {
      const g = f32x4.mul(s, loadLanes(y + o, rest));
      storeLanes(w + o, descended(way, loadLanes(w + o, rest), g, by, scale), rest);
    }
  }
}

// @ts-ignore: decorator
@inline
function outerDescendLanes(way: Way, x: v128, y: usize, w: usize, by: v128, scale: v128): void {
  v128.store(w, descended(way, v128.load(w), f32x4.mul(x, v128.load(y)), by, scale));
}
