import { fail, size } from "../errors.js";
import type { Meaning, TargetKind } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import { log, log1p } from "../numeric/logarithm.js";

/**
 * Whether number i of a prediction means yes: a probability or a value above the threshold, or a logit z whose
 * probability is, **z > ln(t / (1 − t))**. Default: 0.5, for values beside targets of 1 and −1 it is 0.
 */
export function boundary(
  meaning: Meaning,
  kind: TargetKind | undefined,
  threshold = meaning === "value" && kind === "sign" ? 0 : 0.5,
): (prediction: Matrix, i: number) => boolean {
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
 * Whether number i of the targets means yes.
 * @throws ChainruleError unless it is 0 or 1, or for signs −1 or 1
 */
export function isYesAt(name: string, target: Matrix, i: number, kind: TargetKind | undefined): boolean {
  const t = target.data[i];
  const no = kind === "sign" ? -1 : 0;
  if (t === no || t === 1) return t === 1;
  return fail(name, `targets of ${no} or 1`, String(t));
}

/**
 * The class of row r of the targets: one column of indices, or k columns, of which the first largest counts.
 * @throws ChainruleError for an index outside 0 to k − 1, a share below 0 that is no sign, or another width
 */
export function classAt(
  name: string,
  k: number,
  target: Matrix,
  r: number,
  kind: TargetKind | undefined,
): number {
  const { cols, data } = target;
  if (cols === 1) {
    const t = data[r];
    if (Number.isInteger(t) && t >= 0 && t < k) return t;
    const advice = "Check the labels, or `units` of the last layer.";
    fail(name, `class indices from 0 to ${k - 1}`, String(t), advice);
  }
  if (cols !== k)
    fail(name, `one column of class indices or ${k} columns of shares as targets`, size(target));
  for (let c = 0; c < k && kind !== "sign"; c++) {
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
export function classifier(
  name: string,
  meaning: Meaning,
  kind: TargetKind | undefined,
  threshold?: number,
): Classify {
  const isYes = boundary(meaning, kind, threshold);
  return (y, target, r) => {
    if (y.cols > 1) return [largest(y, r), classAt(name, y.cols, target, r, kind)];
    if (target.cols !== 1) fail(name, "one column of targets of 0 or 1", size(target));
    return [Number(isYes(y, r)), Number(isYesAt(name, target, r, kind))];
  };
}
