import { bytes } from "../lanes";
import { loadUpTo, storeUpTo } from "./tails";
import { addGradients, normalized, normalizedBack, scaledBack, storeScaled } from "./affine";
import { lower, upper } from "./widths";

// Each column by itself, its sums in float64, rows ascending; there is room for whole vectors behind the float64 sums.
// Equations: src/kernels/catalogue/column-norms.ts.

// @ts-ignore: decorator
@inline
function addTo(sums: usize, low: v128, high: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), low));
  v128.store(sums, f64x2.add(v128.load(sums, 16), high), 16);
}

/** means = Σ x / rows, squares = Σ (x − mean)² */
export function columnMoments(x: usize, means: usize, squares: usize, rows: i32, cols: i32): void {
  const row = bytes(cols), wide = bytes((cols + 3) & ~3) << 1;
  memory.fill(means, 0, wide);
  memory.fill(squares, 0, wide);
  for (let r = 0, from = x; r < rows; r++, from += row) {
    for (let c = 0; c < cols; c += 4) {
      const v = loadUpTo(from + bytes(c), cols - c);
      addTo(means + 2 * bytes(c), lower(v), upper(v));
    }
  }
  const n = f64x2.splat(<f64>rows);
  for (let o: usize = 0; o < wide; o += 16) v128.store(means + o, f64x2.div(v128.load(means + o), n));
  for (let r = 0, from = x; r < rows; r++, from += row) {
    for (let c = 0; c < cols; c += 4) {
      const v = loadUpTo(from + bytes(c), cols - c);
      const mean = means + 2 * bytes(c);
      const low = f64x2.sub(lower(v), v128.load(mean)), high = f64x2.sub(upper(v), v128.load(mean, 16));
      addTo(squares + 2 * bytes(c), f64x2.mul(low, low), f64x2.mul(high, high));
    }
  }
}

/** x̂ = (x − mean) · inverse and y = γ ∘ x̂ + β */
export function normalizeColumns(
  x: usize, weight: usize, bias: usize, means: usize, inverses: usize, xHat: usize, y: usize, rows: i32, cols: i32,
): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++, x += row, xHat += row, y += row) {
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const m = means + 2 * o, i = inverses + 2 * o;
      const v = normalized(loadUpTo(x + o, count), v128.load(m), v128.load(m, 16), v128.load(i), v128.load(i, 16));
      storeUpTo(xHat + o, v, count);
      storeScaled(v, weight == 0 ? 0 : weight + o, bias == 0 ? 0 : bias + o, y + o, count);
    }
  }
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ; the means are 0 where those of the batch were not used. */
export function normalizedColumnsGradient(
  dy: usize, xHat: usize, weight: usize, dWeight: usize, dBias: usize, inverses: usize, sums: usize, dots: usize,
  dx: usize, rows: i32, cols: i32, isOfBatch: bool,
): void {
  const row = bytes(cols), wide = bytes((cols + 3) & ~3) << 1;
  memory.fill(sums, 0, wide);
  memory.fill(dots, 0, wide);
  for (let r: usize = 0; r < <usize>rows; r++) {
    const from = dy + r * row, hats = xHat + r * row;
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const v = loadUpTo(from + o, count), hat = loadUpTo(hats + o, count);
      addGradients(v, hat, dWeight == 0 ? 0 : dWeight + o, dBias == 0 ? 0 : dBias + o, count);
      if (!isOfBatch) continue;
      const d = scaledBack(v, weight == 0 ? 0 : weight + o, count);
      addTo(sums + 2 * o, lower(d), upper(d));
      addTo(dots + 2 * o, f64x2.mul(lower(d), lower(hat)), f64x2.mul(upper(d), upper(hat)));
    }
  }
  const n = f64x2.splat(<f64>rows);
  for (let o: usize = 0; o < wide; o += 16) {
    v128.store(sums + o, f64x2.div(v128.load(sums + o), n));
    v128.store(dots + o, f64x2.div(v128.load(dots + o), n));
  }
  for (let r = 0; r < rows; r++, dy += row, xHat += row, dx += row) {
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c), count = cols - c;
      const d = scaledBack(loadUpTo(dy + o, count), weight == 0 ? 0 : weight + o, count);
      const s = sums + 2 * o, t = dots + 2 * o, i = inverses + 2 * o;
      const v = normalizedBack(
        d, loadUpTo(xHat + o, count), v128.load(s), v128.load(s, 16), v128.load(t), v128.load(t, 16),
        v128.load(i), v128.load(i, 16),
      );
      storeUpTo(dx + o, v, count);
    }
  }
}
