import { lower, upper } from "./widths";

// Rows by themselves, whose sums in float64 ascend: those of two rows are the lanes of a vector, and two such vectors run side
// by side, since each waits for itself.

/** The first two numbers of two rows, by turns: their `lower` is the first column, their `upper` the second. */
// @ts-ignore: decorator
@inline
export function firstColumns(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 0, 4, 1, 5);
}

/** The same of the last two */
// @ts-ignore: decorator
@inline
export function lastColumns(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 2, 6, 3, 7);
}

/** sum + Σ of two rows' columns, four of them, in order */
// @ts-ignore: decorator
@inline
export function plusColumns(sum: v128, a: v128, b: v128): v128 {
  const first = firstColumns(a, b), last = lastColumns(a, b);
  sum = f64x2.add(f64x2.add(sum, lower(first)), upper(first));
  return f64x2.add(f64x2.add(sum, lower(last)), upper(last));
}

/** A column of two rows */
// @ts-ignore: decorator
@inline
export function columnOf(a: usize, b: usize): v128 {
  return lower(v128.load32_lane(b, v128.load32_zero(a), 1));
}

/** The first number of the pair for an even row, else the second */
// @ts-ignore: decorator
@inline
export function ofRow(k: i32, first: v128, second: v128): f64 {
  const pair = k < 2 ? first : second;
  return k & 1 ? f64x2.extract_lane(pair, 1) : f64x2.extract_lane(pair, 0);
}
