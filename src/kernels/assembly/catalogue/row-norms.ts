import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";
import { addGradients, normalized, normalizedBack, scaledBack, storeScaled } from "./affine";

// Each row by itself, its sums in float64 and ascending: those of four rows side by side, since each waits for itself. Rows
// that are not there repeat the last one. Equations: src/kernels/catalogue/row-norms.ts.

/** x̂ = (x − mean x) / √(var x + ε) and y = γ ∘ x̂ + β; without a centre, mean x is 0. The inverse of the root is kept. */
export function normalizeRows(
  x: usize, weight: usize, bias: usize, xHat: usize, y: usize, inverses: usize, rows: i32, cols: i32,
  epsilon: f64, isCentred: bool,
): void {
  const row = bytes(cols);
  const n: f64 = cols;
  for (let r = 0; r < rows; r += 4) {
    const count = min(4, rows - r);
    const last = <usize>(count - 1) * row;
    const x1 = x + min(row, last), x2 = x + min(row << 1, last), x3 = x + last;
    let m0: f64 = 0, m1: f64 = 0, m2: f64 = 0, m3: f64 = 0;
    if (isCentred) {
      for (let o: usize = 0; o < row; o += 4) {
        m0 += <f64>load<f32>(x + o), m1 += <f64>load<f32>(x1 + o);
        m2 += <f64>load<f32>(x2 + o), m3 += <f64>load<f32>(x3 + o);
      }
      m0 /= n, m1 /= n, m2 /= n, m3 /= n;
    }
    let s0: f64 = 0, s1: f64 = 0, s2: f64 = 0, s3: f64 = 0;
    for (let o: usize = 0; o < row; o += 4) {
      const d0 = <f64>load<f32>(x + o) - m0, d1 = <f64>load<f32>(x1 + o) - m1;
      const d2 = <f64>load<f32>(x2 + o) - m2, d3 = <f64>load<f32>(x3 + o) - m3;
      s0 += d0 * d0, s1 += d1 * d1, s2 += d2 * d2, s3 += d3 * d3;
    }
    for (let k = 0; k < count; k++) {
      const squares = k == 0 ? s0 : k == 1 ? s1 : k == 2 ? s2 : s3;
      const mean = k == 0 ? m0 : k == 1 ? m1 : k == 2 ? m2 : m3;
      const inverse = 1 / sqrt<f64>(squares / n + epsilon);
      store<f64>(inverses, inverse);
      normalizeRow(x, weight, bias, xHat, y, cols, mean, inverse);
      x += row, xHat += row, y += row, inverses += 8;
    }
  }
}

function normalizeRow(
  x: usize, weight: usize, bias: usize, xHat: usize, y: usize, cols: i32, mean: f64, inverse: f64,
): void {
  const shift = f64x2.splat(mean), scale = f64x2.splat(inverse);
  for (let c = 0; c < cols; c += 4) {
    const o = bytes(c), count = cols - c;
    const v = normalized(loadUpTo(x + o, count), shift, shift, scale, scale);
    storeUpTo(xHat + o, v, count);
    storeScaled(v, weight == 0 ? 0 : weight + o, bias == 0 ? 0 : bias + o, y + o, count);
  }
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ; without a centre there is no mean d. */
export function normalizedRowsGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, dx: usize, inverses: usize, rows: i32, cols: i32,
  isCentred: bool,
): void {
  const row = bytes(cols);
  const n: f64 = cols;
  for (let r = 0; r < rows; r += 4) {
    const count = min(4, rows - r);
    for (let k: usize = 0; k < <usize>count; k++) {
      backToHat(dy + k * row, xHat + k * row, weight, dWeight, dBias, dx + k * row, cols);
    }
    const last = <usize>(count - 1) * row;
    const o1 = min(row, last), o2 = min(row << 1, last), o3 = last;
    let s0: f64 = 0, s1: f64 = 0, s2: f64 = 0, s3: f64 = 0, t0: f64 = 0, t1: f64 = 0, t2: f64 = 0, t3: f64 = 0;
    for (let o: usize = 0; o < row; o += 4) {
      const a = dx + o, b = xHat + o;
      const d0 = <f64>load<f32>(a), d1 = <f64>load<f32>(a + o1);
      const d2 = <f64>load<f32>(a + o2), d3 = <f64>load<f32>(a + o3);
      s0 += d0, s1 += d1, s2 += d2, s3 += d3;
      t0 += d0 * <f64>load<f32>(b), t1 += d1 * <f64>load<f32>(b + o1);
      t2 += d2 * <f64>load<f32>(b + o2), t3 += d3 * <f64>load<f32>(b + o3);
    }
    for (let k = 0; k < count; k++) {
      const sum = k == 0 ? s0 : k == 1 ? s1 : k == 2 ? s2 : s3;
      const dot = k == 0 ? t0 : k == 1 ? t1 : k == 2 ? t2 : t3;
      gradientRow(xHat, dx, cols, isCentred ? sum / n : 0, dot / n, load<f64>(inverses));
      dy += row, xHat += row, dx += row, inverses += 8;
    }
  }
}

/** d = dy ∘ γ, which stands in dx meanwhile, and what the row adds to ∂L/∂γ and ∂L/∂β */
function backToHat(dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, dx: usize, cols: i32): void {
  for (let c = 0; c < cols; c += 4) {
    const o = bytes(c), count = cols - c;
    const v = loadUpTo(dy + o, count);
    addGradients(v, loadUpTo(xHat + o, count), dWeight == 0 ? 0 : dWeight + o, dBias == 0 ? 0 : dBias + o, count);
    storeUpTo(dx + o, scaledBack(v, weight == 0 ? 0 : weight + o, count), count);
  }
}

function gradientRow(xHat: usize, dx: usize, cols: i32, mean: f64, dot: f64, inverse: f64): void {
  const m = f64x2.splat(mean), t = f64x2.splat(dot), scale = f64x2.splat(inverse);
  for (let c = 0; c < cols; c += 4) {
    const o = bytes(c), count = cols - c;
    const v = normalizedBack(loadUpTo(dx + o, count), loadUpTo(xHat + o, count), m, m, t, t, scale, scale);
    storeUpTo(dx + o, v, count);
  }
}
