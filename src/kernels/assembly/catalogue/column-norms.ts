import { bytes } from "../lanes";
import { storeWithin } from "./row-ends";
import { addGradients, normalized, normalizedBack, scaledBack, storeScaled } from "./affine";
import { lower, upper } from "./widths";

// Each column by itself, its sums in float64, rows ascending; there is room for whole vectors behind the float64 sums.
// Equations: src/kernels/catalogue/column-norms.ts. o: how many bytes behind the first column.

/** means = Σ x / rows, squares = Σ (x − mean)² */
export function columnMoments(x: usize, means: usize, squares: usize, rows: i32, cols: i32): void {
  const row = bytes(cols), n = f64x2.splat(<f64>rows);
  for (let o: usize = 0; o < row; o += 16, means += 32, squares += 32) {
    let low = f64x2.splat(0), high = low;
    for (let r = 0, from = x + o; r < rows; r++, from += row) {
      const v = v128.load(from);
      low = f64x2.add(low, lower(v)), high = f64x2.add(high, upper(v));
    }
    const lowMean = f64x2.div(low, n), highMean = f64x2.div(high, n);
    v128.store(means, lowMean), v128.store(means, highMean, 16);
    low = f64x2.splat(0), high = low;
    for (let r = 0, from = x + o; r < rows; r++, from += row) {
      const v = v128.load(from);
      const d = f64x2.sub(lower(v), lowMean), e = f64x2.sub(upper(v), highMean);
      low = f64x2.add(low, f64x2.mul(d, d)), high = f64x2.add(high, f64x2.mul(e, e));
    }
    v128.store(squares, low), v128.store(squares, high, 16);
  }
}

/** x̂ = (x − mean) · inverse and y = γ ∘ x̂ + β */
export function normalizeColumns(
  x: usize, weight: usize, bias: usize, means: usize, inverses: usize, xHat: usize, y: usize, rows: i32, cols: i32,
): void {
  const row = bytes(cols), whole = bytes(cols & ~3);
  for (let r = 0; r < rows; r++, x += row, xHat += row, y += row) {
    for (let o: usize = 0; o < whole; o += 16) normalizeLanes(x, weight, bias, means, inverses, xHat, y, o, 16);
    if (whole < row) normalizeLanes(x, weight, bias, means, inverses, xHat, y, whole, row - whole);
  }
}

// @ts-ignore: decorator
@inline
function normalizeLanes(
  x: usize, weight: usize, bias: usize, means: usize, inverses: usize, xHat: usize, y: usize, o: usize, left: usize,
): void {
  const m = means + 2 * o, i = inverses + 2 * o;
  const v = normalized(v128.load(x + o), v128.load(m), v128.load(m, 16), v128.load(i), v128.load(i, 16));
  storeWithin(xHat + o, v, left);
  storeScaled(v, weight, bias, y, o, left);
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ; the means are 0 where those of the batch were not used. */
export function normalizedColumnsGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, inverses: usize, sums: usize, dots: usize,
  dx: usize, rows: i32, cols: i32, isOfBatch: bool,
): void {
  const row = bytes(cols);
  for (let o: usize = 0; o < row; o += 16) {
    meansOfGradient(dy + o, xHat + o, weight, dWeight, dBias, sums + 2 * o, dots + 2 * o, rows, row, isOfBatch, o);
  }
  for (let r = 0; r < rows; r++, dy += row, xHat += row, dx += row) {
    for (let o: usize = 0; o < row; o += 16) {
      const s = sums + 2 * o, t = dots + 2 * o, i = inverses + 2 * o;
      const v = normalizedBack(
        scaledBack(v128.load(dy + o), weight, o), v128.load(xHat + o),
        v128.load(s), v128.load(s, 16), v128.load(t), v128.load(t, 16), v128.load(i), v128.load(i, 16),
      );
      storeWithin(dx + o, v, row - o);
    }
  }
}

/** What four columns add to ∂L/∂γ and ∂L/∂β, and their means of d and d ∘ x̂ */
// @ts-ignore: decorator
@inline
function meansOfGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, sums: usize, dots: usize, rows: i32, row: usize,
  isOfBatch: bool, o: usize,
): void {
  let low = f64x2.splat(0), high = low, lowDot = low, highDot = low;
  let dGamma = v128.load(dWeight + o), dBeta = v128.load(dBias + o);
  for (let r = 0; r < rows; r++, dy += row, xHat += row) {
    const v = v128.load(dy), hat = v128.load(xHat);
    dGamma = f32x4.add(dGamma, f32x4.mul(v, hat)), dBeta = f32x4.add(dBeta, v);
    const d = scaledBack(v, weight, o);
    low = f64x2.add(low, lower(d)), high = f64x2.add(high, upper(d));
    lowDot = f64x2.add(lowDot, f64x2.mul(lower(d), lower(hat)));
    highDot = f64x2.add(highDot, f64x2.mul(upper(d), upper(hat)));
  }
  if (dWeight != 0) storeWithin(dWeight + o, dGamma, row - o);
  if (dBias != 0) storeWithin(dBias + o, dBeta, row - o);
  if (!isOfBatch) low = high = lowDot = highDot = f64x2.splat(0);
  const n = f64x2.splat(<f64>rows);
  v128.store(sums, f64x2.div(low, n)), v128.store(sums, f64x2.div(high, n), 16);
  v128.store(dots, f64x2.div(lowDot, n)), v128.store(dots, f64x2.div(highDot, n), 16);
}
