import { Matrix } from "./matrix.js";

/** A view of `count` rows of a matrix, from `start` on. */
export function rowsOf(m: Matrix, start: number, count: number): Matrix {
  if (start === 0 && count === m.rows) return m;
  return new Matrix(count, m.cols, m.storage.part(start * m.cols, count * m.cols));
}
