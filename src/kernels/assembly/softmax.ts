import { bytes, loadLanes, storeLanes } from "./lanes";

/** a + b·x */
// @ts-ignore: decorator
@inline
function line(a: f32, b: f32, x: v128): v128 {
  return plus(f32x4.splat(a), f32x4.splat(b), x);
}

/** a + b·c */
// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, c));
}

/** eˣ for x ≤ 0, as in catalogue/single.ts: 2ⁿ⁺⁶⁴·eʳ·2⁻⁶⁴, |r| ≤ ln 2 / 2, since 2ⁿ alone may be beyond the exponents */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const inside = f32x4.pmax(x, f32x4.splat(-125));
  const rounder = f32x4.splat(12582912); // 1.5·2²³: adding it rounds to a whole number, which then stands in the last bits
  const shifted = plus(rounder, inside, f32x4.splat(1.44269504));
  const n = f32x4.sub(shifted, rounder);
  const rough = f32x4.sub(inside, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.sub(rough, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  // eʳ − 1 = r + r²·(½ + …), the polynomial of test/kernels/fit-catalogue.py
  const r2 = f32x4.mul(r, r);
  const high = plus(line(0.04166744649410248, 0.008366248570382595, r), f32x4.splat(0.001386967021971941), r2);
  const small = plus(r, plus(line(0.4999999701976776, 0.1666654646396637, r), high, r2), r2);
  const power = i32x4.add(i32x4.shl(shifted, 23), f32x4.splat(1.8446744e19)); // 2ⁿ⁺⁶⁴
  return f32x4.mul(f32x4.mul(f32x4.add(small, f32x4.splat(1)), power), f32x4.splat(5.421011e-20));
}

/** The largest number of a row. A NaN is passed by, and makes the sum a NaN. */
// @ts-ignore: decorator
@inline
function largest(x: usize, cols: i32): v128 {
  let four = f32x4.splat(-Infinity);
  let c = 0;
  for (; c + 4 <= cols; c += 4) four = f32x4.pmax(four, v128.load(x + bytes(c)));
  for (; c < cols; c++) four = f32x4.pmax(four, v128.load32_splat(x + bytes(c)));
  const two = f32x4.pmax(four, i32x4.shuffle(four, four, 2, 3, 0, 1));
  return f32x4.pmax(two, i32x4.shuffle(two, two, 1, 0, 3, 2));
}

/** y_rc = e^(x_rc − max x_r) / Σ_j e^(x_rj − max x_r), the sum in four lanes */
export function softmax(x: usize, y: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++) {
    const top = largest(x, cols);
    let sums = f32x4.splat(0);
    // Two vectors at a time, so that constants are read once for both. What stands behind the row counts as nothing.
    for (let c = 0; c < cols; c += 8) {
      const from = x + bytes(c), to = y + bytes(c), count = cols - c;
      let first = exp(f32x4.sub(loadLanes(from, count), top));
      let second = exp(f32x4.sub(loadLanes(from + 16, count - 4), top));
      if (count < 8) {
        first = v128.and(first, i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3)));
        second = v128.and(second, i32x4.gt_s(i32x4.splat(count), i32x4(4, 5, 6, 7)));
      }
      storeLanes(to, first, count);
      if (count > 4) storeLanes(to + 16, second, count - 4);
      sums = f32x4.add(sums, f32x4.add(first, second));
    }
    const pairs = f32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 0, 1));
    const total = f32x4.add(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2));
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c);
      storeLanes(y + o, f32x4.div(loadLanes(y + o, cols - c), total), cols - c);
    }
    x += row;
    y += row;
  }
}

/** dx = y ∘ (dy − Σ_c dy ∘ y), the sum ascending: those of four rows side by side, since each waits for itself */
export function softmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r += 4) {
    // Rows that are not there repeat the last one.
    const last = <usize>min(3, rows - 1 - r) * row;
    const o1 = min(row, last), o2 = min(2 * row, last), o3 = min(3 * row, last);
    let dot0: f32 = 0, dot1: f32 = 0, dot2: f32 = 0, dot3: f32 = 0;
    for (let c = 0; c < cols; c++) {
      const a = dy + bytes(c), b = y + bytes(c);
      dot0 += load<f32>(a) * load<f32>(b);
      dot1 += load<f32>(a + o1) * load<f32>(b + o1);
      dot2 += load<f32>(a + o2) * load<f32>(b + o2);
      dot3 += load<f32>(a + o3) * load<f32>(b + o3);
    }
    gradientRow(y, dy, dx, cols, dot0);
    if (r + 1 < rows) gradientRow(y + o1, dy + o1, dx + o1, cols, dot1);
    if (r + 2 < rows) gradientRow(y + o2, dy + o2, dx + o2, cols, dot2);
    if (r + 3 < rows) gradientRow(y + o3, dy + o3, dx + o3, cols, dot3);
    y += 4 * row;
    dy += 4 * row;
    dx += 4 * row;
  }
}

function gradientRow(y: usize, dy: usize, dx: usize, cols: i32, dot: f32): void {
  const mean = f32x4.splat(dot);
  for (let c = 0; c < cols; c += 4) {
    const o = bytes(c);
    const count = cols - c;
    const difference = f32x4.sub(loadLanes(dy + o, count), mean);
    storeLanes(dx + o, f32x4.mul(loadLanes(y + o, count), difference), count);
  }
}
