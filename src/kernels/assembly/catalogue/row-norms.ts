import { bytes } from "../lanes";
import { storeWithin } from "./row-ends";
import { addGradients, normalized, normalizedBack, scaledBack, storeScaled } from "./affine";
import { columnOf, firstColumns, lastColumns, ofRow, plusColumns } from "./row-pairs";
import { lower, upper } from "./widths";

// Four rows at a time; those that are not there repeat the last one. Equations: src/kernels/catalogue/row-norms.ts.

// @ts-ignore: decorator
@inline
function plusSquare(sum: v128, x: v128, mean: v128): v128 {
  const d = f64x2.sub(x, mean);
  return f64x2.add(sum, f64x2.mul(d, d));
}

/** sum + Σ (x − mean)² of the same */
// @ts-ignore: decorator
@inline
function plusSquares(sum: v128, a: v128, b: v128, mean: v128): v128 {
  const first = firstColumns(a, b), last = lastColumns(a, b);
  sum = plusSquare(plusSquare(sum, lower(first), mean), upper(first), mean);
  return plusSquare(plusSquare(sum, lower(last), mean), upper(last), mean);
}

/** sum + Σ x·z of the same */
// @ts-ignore: decorator
@inline
function plusProducts(sum: v128, a: v128, b: v128, u: v128, v: v128): v128 {
  const first = firstColumns(a, b), last = lastColumns(a, b), start = firstColumns(u, v), end = lastColumns(u, v);
  sum = f64x2.add(sum, f64x2.mul(lower(first), lower(start)));
  sum = f64x2.add(sum, f64x2.mul(upper(first), upper(start)));
  sum = f64x2.add(sum, f64x2.mul(lower(last), lower(end)));
  return f64x2.add(sum, f64x2.mul(upper(last), upper(end)));
}

/** x̂ = (x − mean x) / √(var x + ε) and y = γ ∘ x̂ + β; without a centre, mean x is 0. The inverse of the root is kept. */
export function normalizeRows(
  x: usize, weight: usize, bias: usize, xHat: usize, y: usize, inverses: usize, rows: i32, cols: i32,
  epsilon: f64, isCentred: bool,
): void {
  const row = bytes(cols), whole = bytes(cols & ~3);
  const n = f64x2.splat(<f64>cols), none = f64x2.splat(0), one = f64x2.splat(1), more = f64x2.splat(epsilon);
  for (let r = 0; r < rows; r += 4) {
    const count = min(4, rows - r);
    const last = <usize>(count - 1) * row;
    const x1 = x + min(row, last), x2 = x + min(row << 1, last), x3 = x + last;
    let m0 = none, m1 = none;
    if (isCentred) {
      let o: usize = 0;
      for (; o < whole; o += 16) {
        m0 = plusColumns(m0, v128.load(x + o), v128.load(x1 + o));
        m1 = plusColumns(m1, v128.load(x2 + o), v128.load(x3 + o));
      }
      for (; o < row; o += 4) {
        m0 = f64x2.add(m0, columnOf(x + o, x1 + o)), m1 = f64x2.add(m1, columnOf(x2 + o, x3 + o));
      }
      m0 = f64x2.div(m0, n), m1 = f64x2.div(m1, n);
    }
    let s0 = none, s1 = none;
    let o: usize = 0;
    for (; o < whole; o += 16) {
      s0 = plusSquares(s0, v128.load(x + o), v128.load(x1 + o), m0);
      s1 = plusSquares(s1, v128.load(x2 + o), v128.load(x3 + o), m1);
    }
    for (; o < row; o += 4) {
      s0 = plusSquare(s0, columnOf(x + o, x1 + o), m0), s1 = plusSquare(s1, columnOf(x2 + o, x3 + o), m1);
    }
    s0 = f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.div(s0, n), more)));
    s1 = f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.div(s1, n), more)));
    for (let k = 0; k < count; k++) {
      const inverse = ofRow(k, s0, s1);
      store<f64>(inverses, inverse);
      normalizeRow(x, weight, bias, xHat, y, row, ofRow(k, m0, m1), inverse);
      x += row, xHat += row, y += row, inverses += 8;
    }
  }
}

function normalizeRow(
  x: usize, weight: usize, bias: usize, xHat: usize, y: usize, row: usize, mean: f64, inverse: f64,
): void {
  const shift = f64x2.splat(mean), scale = f64x2.splat(inverse);
  const whole = row & ~15;
  for (let o: usize = 0; o < whole; o += 16) normalizeLanes(x, weight, bias, xHat, y, shift, scale, o, 16);
  if (whole < row) normalizeLanes(x, weight, bias, xHat, y, shift, scale, whole, row - whole);
}

// @ts-ignore: decorator
@inline
function normalizeLanes(
  x: usize, weight: usize, bias: usize, xHat: usize, y: usize, shift: v128, scale: v128, o: usize, left: usize,
): void {
  const v = normalized(v128.load(x + o), shift, shift, scale, scale);
  storeWithin(xHat + o, v, left);
  storeScaled(v, weight, bias, y, o, left);
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ; without a centre there is no mean d. */
export function normalizedRowsGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, dx: usize, inverses: usize, rows: i32, cols: i32,
  isCentred: bool,
): void {
  const row = bytes(cols), whole = bytes(cols & ~3);
  const n: f64 = cols;
  for (let r = 0; r < rows; r += 4) {
    const count = min(4, rows - r);
    for (let k: usize = 0; k < <usize>count; k++) {
      backToHat(dy + k * row, xHat + k * row, weight, dWeight, dBias, dx + k * row, row);
    }
    const last = <usize>(count - 1) * row;
    const o1 = min(row, last), o2 = min(row << 1, last), o3 = last;
    let s0 = f64x2.splat(0), s1 = s0, t0 = s0, t1 = s0;
    let o: usize = 0;
    for (; o < whole; o += 16) {
      const a = dx + o, b = xHat + o;
      const d0 = v128.load(a), d1 = v128.load(a + o1), d2 = v128.load(a + o2), d3 = v128.load(a + o3);
      s0 = plusColumns(s0, d0, d1), s1 = plusColumns(s1, d2, d3);
      t0 = plusProducts(t0, d0, d1, v128.load(b), v128.load(b + o1));
      t1 = plusProducts(t1, d2, d3, v128.load(b + o2), v128.load(b + o3));
    }
    for (; o < row; o += 4) {
      const a = dx + o, b = xHat + o;
      const d0 = columnOf(a, a + o1), d1 = columnOf(a + o2, a + o3);
      s0 = f64x2.add(s0, d0), s1 = f64x2.add(s1, d1);
      t0 = f64x2.add(t0, f64x2.mul(d0, columnOf(b, b + o1))), t1 = f64x2.add(t1, f64x2.mul(d1, columnOf(b + o2, b + o3)));
    }
    for (let k = 0; k < count; k++) {
      const sum = ofRow(k, s0, s1), dot = ofRow(k, t0, t1);
      gradientRow(xHat, dx, row, isCentred ? sum / n : 0, dot / n, load<f64>(inverses));
      dy += row, xHat += row, dx += row, inverses += 8;
    }
  }
}

/** d = dy ∘ γ, which stands in dx meanwhile, and what the row adds to ∂L/∂γ and ∂L/∂β */
function backToHat(dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, dx: usize, row: usize): void {
  for (let o: usize = 0; o < row; o += 16) {
    const v = v128.load(dy + o);
    addGradients(v, v128.load(xHat + o), dWeight, dBias, o, row - o);
    storeWithin(dx + o, scaledBack(v, weight, o), row - o);
  }
}

function gradientRow(xHat: usize, dx: usize, row: usize, mean: f64, dot: f64, inverse: f64): void {
  const m = f64x2.splat(mean), t = f64x2.splat(dot), scale = f64x2.splat(inverse);
  for (let o: usize = 0; o < row; o += 16) {
    storeWithin(dx + o, normalizedBack(v128.load(dx + o), v128.load(xHat + o), m, m, t, t, scale, scale), row - o);
  }
}
