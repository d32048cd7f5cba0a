import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";
import { expBelowZero } from "./single";

/** y = x − max x − ln Σ e^(x − max x), in two parts: this leaves x − max x in y, and the sum in `totals`. */
export function logSoftmaxSums(x: usize, y: usize, totals: usize, rows: i32, cols: i32): void {
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    let top = f32x4.splat(-Infinity);
    let c = 0;
    // A NaN is passed by, and makes the sum a NaN.
    for (; c + 4 <= cols; c += 4) top = f32x4.pmax(top, v128.load(x + bytes(c)));
    for (; c < cols; c++) top = f32x4.pmax(top, v128.load32_splat(x + bytes(c)));
    top = f32x4.pmax(top, i32x4.shuffle(top, top, 2, 3, 0, 1));
    top = f32x4.pmax(top, i32x4.shuffle(top, top, 1, 0, 3, 2));
    let sum = zero;
    for (c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const z = f32x4.sub(loadUpTo(x + o, count), top);
      storeUpTo(y + o, z, count);
      let e = expBelowZero(z, zero);
      if (count < 4) e = v128.and(e, i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3)));
      sum = f32x4.add(sum, e);
    }
    const total = <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1) + <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
    store<f64>(totals, total);
    x += bytes(cols), y += bytes(cols), totals += 8;
  }
}

/** The second part: y −= logs, one for each row */
export function subtractFromRows(logs: usize, y: usize, rows: i32, cols: i32): void {
  for (let r = 0; r < rows; r++, logs += 8) {
    const log = f32x4.splat(<f32>load<f64>(logs));
    for (let c = 0; c < cols; c += 4) {
      const o = y + bytes(c), count = cols - c;
      storeUpTo(o, f32x4.sub(loadUpTo(o, count), log), count);
    }
    y += bytes(cols);
  }
}

/** dx = dy − eʸ·Σ dy, the sum in float64 and ascending, rounded */
export function logSoftmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, cols: i32): void {
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    let s0: f64 = 0;
    for (let c = 0; c < cols; c++) s0 += <f64>load<f32>(dy + bytes(c));
    const sum = f32x4.splat(<f32>s0);
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const share = expBelowZero(loadUpTo(y + o, count), zero);
      storeUpTo(dx + o, f32x4.sub(loadUpTo(dy + o, count), f32x4.mul(share, sum)), count);
    }
    y += bytes(cols), dy += bytes(cols), dx += bytes(cols);
  }
}
