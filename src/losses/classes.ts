import { fail, size } from "../errors.js";
import type { Matrix } from "../matrix.js";

/** The share of class c in row r of class targets: one column of indices, or one row of shares each. */
export function targetAt(target: Matrix, r: number, c: number): number {
  if (target.cols === 1) return target.data[r] === c ? 1 : 0;
  return target.data[r * target.cols + c];
}

/**
 * @throws ChainruleError unless the predictions have k ≥ 2 columns and the targets are one column of whole numbers
 * from 0 to k − 1 (or `ignored`), or k columns of shares that are at least 0.
 */
export function expectClasses(name: string, k: number, target: Matrix, ignored?: number): void {
  if (k < 2) {
    const advice = "For yes or no in one output, use binaryCrossEntropy.";
    fail(name, "predictions of at least 2 classes", `${k} column`, advice);
  }
  if (target.cols === 1) {
    for (const t of target.data) {
      if (!(Number.isInteger(t) && t >= 0 && t < k) && t !== ignored) {
        fail(
          name,
          `class indices from 0 to ${k - 1}`,
          String(t),
          "Check the labels, or `units` of the last layer.",
        );
      }
    }
  } else if (target.cols === k) {
    for (const t of target.data) if (!(t >= 0)) fail(name, "class shares of at least 0", String(t));
  } else {
    fail(name, `one column of class indices or ${k} columns of shares as targets`, size(target));
  }
}
