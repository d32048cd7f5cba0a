import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";
import { addGradients, normalized, normalizedBack, scaledBack, storeScaled } from "./affine";
import { lower, upper } from "./widths";

// Each column by itself, its sums in float64, rows ascending; there is room for whole vectors behind the float64 sums.
// Equations: src/kernels/catalogue/column-norms.ts. o: how many bytes behind the first column.

/** means = Σ x / rows, squares = Σ (x − mean)² */
export function columnMoments(x: usize, means: usize, squares: usize, rows: i32, cols: i32): void {
  const whole = bytes(cols & ~3), rest = cols & 3;
  for (let o: usize = 0; o < whole; o += 16) moments(x, means, squares, rows, cols, o, 4);
  if (rest > 0) moments(x, means, squares, rows, cols, whole, rest);
}

// @ts-ignore: decorator
@inline
function moments(x: usize, means: usize, squares: usize, rows: i32, cols: i32, o: usize, count: i32): void {
  const row = bytes(cols), n = f64x2.splat(<f64>rows);
  let low = f64x2.splat(0), high = low;
  for (let r = 0, from = x + o; r < rows; r++, from += row) {
    const v = loadUpTo(from, count);
    low = f64x2.add(low, lower(v)), high = f64x2.add(high, upper(v));
  }
  const lowMean = f64x2.div(low, n), highMean = f64x2.div(high, n);
  v128.store(means + 2 * o, lowMean), v128.store(means + 2 * o, highMean, 16);
  low = f64x2.splat(0), high = low;
  for (let r = 0, from = x + o; r < rows; r++, from += row) {
    const v = loadUpTo(from, count);
    const d = f64x2.sub(lower(v), lowMean), e = f64x2.sub(upper(v), highMean);
    low = f64x2.add(low, f64x2.mul(d, d)), high = f64x2.add(high, f64x2.mul(e, e));
  }
  v128.store(squares + 2 * o, low), v128.store(squares + 2 * o, high, 16);
}

/** x̂ = (x − mean) · inverse and y = γ ∘ x̂ + β */
export function normalizeColumns(
  x: usize, weight: usize, bias: usize, means: usize, inverses: usize, xHat: usize, y: usize, rows: i32, cols: i32,
): void {
  const row = bytes(cols), whole = bytes(cols & ~3), rest = cols & 3;
  for (let r = 0; r < rows; r++, x += row, xHat += row, y += row) {
    for (let o: usize = 0; o < whole; o += 16) normalizeLanes(x, weight, bias, means, inverses, xHat, y, o, 4);
    if (rest > 0) normalizeLanes(x, weight, bias, means, inverses, xHat, y, whole, rest);
  }
}

// @ts-ignore: decorator
@inline
function normalizeLanes(
  x: usize, weight: usize, bias: usize, means: usize, inverses: usize, xHat: usize, y: usize, o: usize, count: i32,
): void {
  const m = means + 2 * o, i = inverses + 2 * o;
  const v = normalized(loadUpTo(x + o, count), v128.load(m), v128.load(m, 16), v128.load(i), v128.load(i, 16));
  storeUpTo(xHat + o, v, count);
  storeScaled(v, weight, bias, y, o, count);
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ; the means are 0 where those of the batch were not used. */
export function normalizedColumnsGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, inverses: usize, sums: usize, dots: usize,
  dx: usize, rows: i32, cols: i32, isOfBatch: bool,
): void {
  const row = bytes(cols), whole = bytes(cols & ~3), rest = cols & 3;
  for (let o: usize = 0; o < whole; o += 16) {
    meansOfGradient(dy, xHat, weight, dWeight, dBias, sums, dots, rows, row, isOfBatch, o, 4);
  }
  if (rest > 0) meansOfGradient(dy, xHat, weight, dWeight, dBias, sums, dots, rows, row, isOfBatch, whole, rest);
  for (let r = 0; r < rows; r++, dy += row, xHat += row, dx += row) {
    for (let o: usize = 0; o < whole; o += 16) gradientLanes(dy, xHat, weight, inverses, sums, dots, dx, o, 4);
    if (rest > 0) gradientLanes(dy, xHat, weight, inverses, sums, dots, dx, whole, rest);
  }
}

/** What four columns add to ∂L/∂γ and ∂L/∂β, and their means of d and d ∘ x̂ */
// @ts-ignore: decorator
@inline
function meansOfGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, sums: usize, dots: usize, rows: i32, row: usize,
  isOfBatch: bool, o: usize, count: i32,
): void {
  let low = f64x2.splat(0), high = low, lowDot = low, highDot = low;
  let dw = dWeight == 0 ? low : loadUpTo(dWeight + o, count), db = dBias == 0 ? low : loadUpTo(dBias + o, count);
  const gamma = weight == 0 ? low : loadUpTo(weight + o, count);
  let from = dy + o, hats = xHat + o;
  for (let r = 0; r < rows; r++, from += row, hats += row) {
    const v = loadUpTo(from, count), hat = loadUpTo(hats, count);
    dw = f32x4.add(dw, f32x4.mul(v, hat)), db = f32x4.add(db, v);
    const d = weight == 0 ? v : f32x4.mul(v, gamma);
    low = f64x2.add(low, lower(d)), high = f64x2.add(high, upper(d));
    lowDot = f64x2.add(lowDot, f64x2.mul(lower(d), lower(hat)));
    highDot = f64x2.add(highDot, f64x2.mul(upper(d), upper(hat)));
  }
  if (dWeight != 0) storeUpTo(dWeight + o, dw, count);
  if (dBias != 0) storeUpTo(dBias + o, db, count);
  const n = f64x2.splat(<f64>rows), s = sums + 2 * o, t = dots + 2 * o, zero = f64x2.splat(0);
  v128.store(s, isOfBatch ? f64x2.div(low, n) : zero), v128.store(s, isOfBatch ? f64x2.div(high, n) : zero, 16);
  v128.store(t, isOfBatch ? f64x2.div(lowDot, n) : zero), v128.store(t, isOfBatch ? f64x2.div(highDot, n) : zero, 16);
}

// @ts-ignore: decorator
@inline
function gradientLanes(
  dy: usize, xHat: usize, weight: usize, inverses: usize, sums: usize, dots: usize, dx: usize, o: usize, count: i32,
): void {
  const d = scaledBack(loadUpTo(dy + o, count), weight, o, count);
  const s = sums + 2 * o, t = dots + 2 * o, i = inverses + 2 * o;
  const v = normalizedBack(
    d, loadUpTo(xHat + o, count), v128.load(s), v128.load(s, 16), v128.load(t), v128.load(t, 16), v128.load(i), v128.load(i, 16),
  );
  storeUpTo(dx + o, v, count);
}
