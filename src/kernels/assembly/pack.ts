import { bytes, loadLanes, storeLanes } from "./lanes";

// Tiles read their operands in panels: for each p the `lanes` numbers that meet there, side by side, `width` apart.

/** Packs numbers that lie side by side already: panel_pr = from_(p, r), `step` bytes from p to p + 1. */
export function packAlong(from: usize, step: usize, to: usize, lanes: i32, width: i32, k: i32): void {
  const down = bytes(width);
  // A column of vectors at a time: the count of lanes is then the same all along.
  let r = 0;
  for (; r + 8 <= lanes; r += 8) {
    let x = from + 4 * r;
    let at = to + 4 * r;
    for (let p = 0; p < k; p++, x += step, at += down) {
      v128.store(at, v128.load(x));
      v128.store(at, v128.load(x, 16), 16);
    }
  }
  for (; r < lanes; r += 4) {
    let x = from + 4 * r;
    let at = to + 4 * r;
    const count = lanes - r;
    if (count >= 4) {
      for (let p = 0; p < k; p++, x += step, at += down) v128.store(at, v128.load(x));
    } else if (count == 2) {
      for (let p = 0; p < k; p++, x += step, at += down) store<u64>(at, load<u64>(x));
    } else {
      for (let p = 0; p < k; p++, x += step, at += down) storeLanes(at, loadLanes(x, count), count);
    }
  }
}

/** Packs rows that run along p: panel_pr = from_(r, p), `step` bytes from row to row; by transposing 4 × 4 numbers. */
export function packAcross(from: usize, step: usize, to: usize, lanes: i32, width: i32, k: i32): void {
  const down = bytes(width);
  for (let r = 0; r < lanes; r += 4) {
    const count = lanes - r;
    const x0 = from + <usize>r * step;
    // Rows that are not there repeat the last one; their lanes are not stored.
    const x1 = count > 1 ? x0 + step : x0;
    const x2 = count > 2 ? x1 + step : x1;
    const x3 = count > 3 ? x2 + step : x2;
    let at = to + 4 * r;
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const o = bytes(p);
      const a = v128.load(x0 + o), b = v128.load(x1 + o), c = v128.load(x2 + o), d = v128.load(x3 + o);
      const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5), abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5), cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      storeLanes(at, i64x2.shuffle(abLow, cdLow, 0, 2), count);
      storeLanes(at + down, i64x2.shuffle(abLow, cdLow, 1, 3), count);
      storeLanes(at + 2 * down, i64x2.shuffle(abHigh, cdHigh, 0, 2), count);
      storeLanes(at + 3 * down, i64x2.shuffle(abHigh, cdHigh, 1, 3), count);
      at += 4 * down;
    }
    for (; p < k; p++) {
      const o = bytes(p);
      store<f32>(at, load<f32>(x0 + o));
      if (count > 1) store<f32>(at + 4, load<f32>(x1 + o));
      if (count > 2) store<f32>(at + 8, load<f32>(x2 + o));
      if (count > 3) store<f32>(at + 12, load<f32>(x3 + o));
      at += down;
    }
  }
}
