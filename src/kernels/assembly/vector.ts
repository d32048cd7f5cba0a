import { loadLanes, multiplyAdd, storeLanes } from "./lanes";

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
      const s = v128.load32_splat(x + 4 * <usize>p);
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
      const s = v128.load32_splat(x + 4 * <usize>p);
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
      sum = multiplyAdd(v128.load32_splat(x + 4 * <usize>p), loadLanes(from, count), sum);
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
      const o = 4 * <usize>p;
      const u = v128.load(b0 + o), v = v128.load(b1 + o), w = v128.load(b2 + o), z = v128.load(b3 + o);
      const uvLow = i32x4.shuffle(u, v, 0, 4, 1, 5), uvHigh = i32x4.shuffle(u, v, 2, 6, 3, 7);
      const wzLow = i32x4.shuffle(w, z, 0, 4, 1, 5), wzHigh = i32x4.shuffle(w, z, 2, 6, 3, 7);
      sum = multiplyAdd(v128.load32_splat(x + o), i64x2.shuffle(uvLow, wzLow, 0, 2), sum);
      sum = multiplyAdd(v128.load32_splat(x + o, 4), i64x2.shuffle(uvLow, wzLow, 1, 3), sum);
      sum = multiplyAdd(v128.load32_splat(x + o, 8), i64x2.shuffle(uvHigh, wzHigh, 0, 2), sum);
      sum = multiplyAdd(v128.load32_splat(x + o, 12), i64x2.shuffle(uvHigh, wzHigh, 1, 3), sum);
    }
    for (; p < k; p++) {
      const o = 4 * <usize>p;
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
  for (let i = 0; i < m; i++) {
    const s = v128.load32_splat(x + 4 * <usize>i);
    for (let j = 0; j < n; j += 4) {
      const to = c + 4 * j;
      const count = n - j;
      const old = accumulate ? loadLanes(to, count) : zero;
      storeLanes(to, multiplyAdd(s, loadLanes(y + 4 * j, count), old), count);
    }
    c += 4 * <usize>n;
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
  const divides = divisor != 1;
  for (let i = 0; i < m; i++) {
    const xi = load<f32>(x + 4 * <usize>i);
    if (xi != 0 || !yIsFinite) {
      const s = f32x4.splat(xi);
      let j = 0;
      for (; j + 4 <= n; j += 4) {
        let g = f32x4.mul(s, v128.load(y + 4 * j));
        if (divides) g = f32x4.div(g, by);
        v128.store(w + 4 * j, f32x4.add(v128.load(w + 4 * j), f32x4.mul(scale, g)));
      }
      if (j < n) {
        const count = n - j;
        let g = f32x4.mul(s, loadLanes(y + 4 * j, count));
        if (divides) g = f32x4.div(g, by);
        storeLanes(w + 4 * j, f32x4.add(loadLanes(w + 4 * j, count), f32x4.mul(scale, g)), count);
      }
    }
    w += 4 * <usize>n;
  }
}
