import { type DType, Matrix, Random } from "chainrule";

/** Seeded numbers with 0.1 ≤ |x| < 1.5: away from the kinks at 0. */
export function awayFromZero(rows: number, cols: number, dtype: DType, label = "x"): Matrix {
  const random = Random.fromSeed(7).child(label);
  return Matrix.zeros(rows, cols, dtype).map((_, r, c) => {
    const u = 2 * random.uniform(r * cols + c) - 1;
    return Math.sign(u) * (0.1 + 1.4 * Math.abs(u));
  });
}

/** Rows of positive shares that add up to 1. */
export function shares(rows: number, cols: number, dtype: DType, label = "shares"): Matrix {
  const random = Random.fromSeed(7).child(label);
  const y = Matrix.zeros(rows, cols, dtype).map((_, r, c) => 0.05 + random.uniform(r * cols + c));
  const sums = y.sum("rows");
  return y.map((share, r) => share / sums.at(r, 0));
}

/** ‖a − b‖ / (‖a‖ + ‖b‖) */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += a[i] ** 2 + b[i] ** 2;
  }
  return size === 0 ? 0 : Math.sqrt(difference / size);
}
