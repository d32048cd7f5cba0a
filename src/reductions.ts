import { describe, fail } from "./errors.js";
import type { Block, Floats } from "./kernels/kernels.js";

/** Whole → a number, `"rows"` → one number per row [rows × 1], `"cols"` → one per column [1 × cols]. */
export type Axis = "rows" | "cols";

/** One number from `count` numbers that stand `step` apart, from `start` on. */
export type Reduction = (data: Floats, start: number, step: number, count: number) => number;

/** Σ x, in float64 */
export const sum: Reduction = (data, start, step, count) => {
  let total = 0;
  for (let i = 0; i < count; i++) total += data[start + i * step];
  return total;
};

/** Σ x / n, in float64 */
export const mean: Reduction = (data, start, step, count) => {
  expectSome("mean", count);
  return sum(data, start, step, count) / count;
};

/** The largest x; NaN where there is one. */
export const max: Reduction = (data, start, step, count) => {
  expectSome("max", count);
  return data[start + argmax(data, start, step, count) * step];
};

/** The place of the first largest x, or of the first NaN. */
export const argmax: Reduction = (data, start, step, count) => {
  expectSome("argmax", count);
  let best = 0;
  for (let i = 0; i < count; i++) {
    const x = data[start + i * step];
    if (Number.isNaN(x)) return i;
    if (x > data[start + best * step]) best = i;
  }
  return best;
};

/** One number for each row, or for each column, of a matrix. */
export function reduceAlong(
  name: string,
  axis: Axis,
  reduction: Reduction,
  { rows, cols, data }: Block,
  y: Floats,
): void {
  if (axis !== "rows" && axis !== "cols") fail(`Matrix.${name}`, `"rows", "cols" or nothing`, describe(axis));
  for (let i = 0; i < y.length; i++) {
    y[i] = axis === "rows" ? reduction(data, i * cols, 1, cols) : reduction(data, i, cols, rows);
  }
}

/** Whether sizes agree and |a − b| ≤ atol + rtol·|b| for each pair; equal infinities are close, NaN is close to nothing. */
export function areClose(x: Block, y: Block, rtol: number, atol: number): boolean {
  if (x.rows !== y.rows || x.cols !== y.cols) return false;
  const [a, b] = [x.data, y.data];
  for (let i = 0; i < a.length; i++) {
    const near = Number.isFinite(b[i]) && Math.abs(a[i] - b[i]) <= atol + rtol * Math.abs(b[i]);
    if (a[i] !== b[i] && !near) return false;
  }
  return true;
}

function expectSome(name: string, count: number): void {
  if (count === 0) fail(`Matrix.${name}`, "at least one number", "none");
}
