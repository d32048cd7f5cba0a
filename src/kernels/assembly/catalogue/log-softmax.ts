import { bytes } from "../lanes";
import { storeWithin, within } from "./row-ends";
import { columnOf, ofRow, plusColumns } from "./row-pairs";
import { expOfNegative } from "./single";

/** y = x − max x − ln Σ e^(x − max x), in two parts: this leaves x − max x in y, and the sum in `totals`. */
export function logSoftmaxSums(x: usize, y: usize, totals: usize, rows: i32, cols: i32): void {
  const row = bytes(cols), whole = bytes(cols & ~7);
  for (let r = 0; r < rows; r++) {
    let top = f32x4.splat(-Infinity), other = top;
    // A NaN is passed by, and makes the sum a NaN.
    let o: usize = 0;
    for (; o < whole; o += 32) {
      top = f32x4.pmax(top, v128.load(x + o)), other = f32x4.pmax(other, v128.load(x + o, 16));
    }
    for (; o < row; o += 4) top = f32x4.pmax(top, v128.load32_splat(x + o));
    top = f32x4.pmax(top, other);
    top = f32x4.pmax(top, i32x4.shuffle(top, top, 2, 3, 0, 1));
    top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 0, 3, 2));
    let sum = f32x4.splat(0);
    // Two vectors at a time, so that constants are read once for both.
    for (o = 0; o < whole; o += 32) {
      const z = f32x4.sub(v128.load(x + o), top), w = f32x4.sub(v128.load(x + o, 16), top);
      const e = expOfNegative(z), f = expOfNegative(w);
      v128.store(y + o, z), v128.store(y + o, w, 16);
      sum = f32x4.add(f32x4.add(sum, e), f);
    }
    for (; o < row; o += 16) {
      const z = f32x4.sub(v128.load(x + o), top);
      sum = f32x4.add(sum, within(expOfNegative(z), row - o));
      storeWithin(y + o, z, row - o);
    }
    const total = <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1) + <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
    store<f64>(totals, total);
    x += row, y += row, totals += 8;
  }
}

/** The second part: y −= logs, one for each row */
export function subtractFromRows(logs: usize, y: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++, logs += 8, y += row) {
    const log = f32x4.splat(<f32>load<f64>(logs));
    for (let o: usize = 0; o < row; o += 16) storeWithin(y + o, f32x4.sub(v128.load(y + o), log), row - o);
  }
}

/** dx = dy − eʸ·Σ dy, the sum in float64 and ascending, rounded */
export function logSoftmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, cols: i32): void {
  const row = bytes(cols), whole = bytes(cols & ~3);
  for (let r = 0; r < rows; r += 4) {
    // Rows that are not there repeat the last one.
    const count = min(4, rows - r);
    const last = <usize>(count - 1) * row;
    const dy1 = dy + min(row, last), dy2 = dy + min(row << 1, last), dy3 = dy + last;
    let s0 = f64x2.splat(0), s1 = s0;
    let o: usize = 0;
    for (; o < whole; o += 16) {
      s0 = plusColumns(s0, v128.load(dy + o), v128.load(dy1 + o));
      s1 = plusColumns(s1, v128.load(dy2 + o), v128.load(dy3 + o));
    }
    for (; o < row; o += 4) {
      s0 = f64x2.add(s0, columnOf(dy + o, dy1 + o)), s1 = f64x2.add(s1, columnOf(dy2 + o, dy3 + o));
    }
    for (let k = 0; k < count; k++, y += row, dy += row, dx += row) {
      gradientRow(y, dy, dx, row, f32x4.splat(<f32>ofRow(k, s0, s1)));
    }
  }
}

function gradientRow(y: usize, dy: usize, dx: usize, row: usize, sum: v128): void {
  for (let o: usize = 0; o < row; o += 32) {
    const e = expOfNegative(v128.load(y + o)), f = expOfNegative(v128.load(y + o, 16));
    storeWithin(dx + o, f32x4.sub(v128.load(dy + o), f32x4.mul(e, sum)), row - o);
    if (row - o > 16) storeWithin(dx + o + 16, f32x4.sub(v128.load(dy + o, 16), f32x4.mul(f, sum)), row - o - 16);
  }
}
