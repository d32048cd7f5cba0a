import { fail, size } from "../errors.js";
import type { Meaning } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import { log, log1p } from "../numeric/logarithm.js";

/**
 * Whether number i of a prediction means yes: a probability or a value above the threshold, or a logit z whose
 * probability is, **z > ln(t / (1 − t))**. Default: 0.5.
 */
export function boundary(meaning: Meaning, threshold = 0.5): (prediction: Matrix, i: number) => boolean {
  const least = meaning === "logit" ? logitOf(threshold) : threshold;
  const least32 = Math.fround(least); // so that 0.3 in float32 is not above 0.3
  return ({ dtype, data }, i) => data[i] > (dtype === "float32" ? least32 : least);
}

/** ln(t / (1 − t)), −∞ for t ≤ 0 and ∞ for t ≥ 1. */
function logitOf(t: number): number {
  if (t <= 0) return Number.NEGATIVE_INFINITY;
  return t >= 1 ? Number.POSITIVE_INFINITY : log(t) - log1p(-t);
}

/**
 * Number i of the targets.
 * @throws ChainruleError unless it is 0 or 1
 */
export function binaryAt(name: string, target: Matrix, i: number): 0 | 1 {
  const t = target.data[i];
  if (t === 0 || t === 1) return t;
  return fail(name, "targets of 0 or 1", String(t));
}

/**
 * The class of row r of the targets: one column of indices, or k columns, of which the first largest counts.
 * @throws ChainruleError for an index outside 0 to k − 1, a share below 0, or another width
 */
export function classAt(name: string, k: number, target: Matrix, r: number): number {
  const { cols, data } = target;
  if (cols === 1) {
    const t = data[r];
    if (Number.isInteger(t) && t >= 0 && t < k) return t;
    const advice = "Check the labels, or `units` of the last layer.";
    fail(name, `class indices from 0 to ${k - 1}`, String(t), advice);
  }
  if (cols !== k)
    fail(name, `one column of class indices or ${k} columns of shares as targets`, size(target));
  for (let c = 0; c < k; c++) {
    if (!(data[r * k + c] >= 0)) fail(name, "class shares of at least 0", String(data[r * k + c]));
  }
  return largest(target, r);
}

/** The column of the first largest number in row r, or of its first NaN, as `argmax` has it. */
export function largest({ cols, data }: Matrix, r: number): number {
  let best = 0;
  for (let c = 0; c < cols; c++) {
    const x = data[r * cols + c];
    if (Number.isNaN(x)) return c;
    if (x > data[r * cols + best]) best = c;
  }
  return best;
}

/** What a row was taken for, and what it is. With one column of predictions these are 0, no, and 1, yes. */
export type Classify = (
  prediction: Matrix,
  target: Matrix,
  r: number,
) => readonly [found: number, wanted: number];

/** How the rows of a prediction are sorted into classes. */
export function classifier(name: string, meaning: Meaning, threshold?: number): Classify {
  const isYes = boundary(meaning, threshold);
  return (y, target, r) => {
    if (y.cols > 1) return [largest(y, r), classAt(name, y.cols, target, r)];
    if (target.cols !== 1) fail(name, "one column of targets of 0 or 1", size(target));
    return [isYes(y, r) ? 1 : 0, binaryAt(name, target, r)];
  };
}
