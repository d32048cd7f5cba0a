import type { Meaning } from "../losses/loss.js";
import { Matrix } from "../matrix.js";
import { anything, checkOptions, finite, oneOf, optional } from "../options.js";
import { classifier } from "./classes.js";
import { eachRow } from "./metric.js";

export interface ConfusionMatrixOptions {
  /** What each row counts, [rows × 1]. Default: 1. */
  weight?: Matrix;
  /** What one column of predictions holds. Default: `"probability"`. */
  prediction?: Meaning;
  /** For one column: the probability above which a prediction means yes. Default: 0.5. */
  threshold?: number;
  /**
   * Counts as shares: of the rows of each wanted class, `"rows"`; of each found class, `"cols"`; or of `"all"`. Where
   * there are none, 0. Default: no.
   */
  normalize?: "rows" | "cols" | "all";
}

/**
 * How often rows of a class were taken for which: **row i, column j counts the rows of class i that were found to be of
 * class j**, in float64. [k × k] for predictions of k ≥ 2 columns, against one-hot rows or a column of indices; [2 × 2],
 * no and then yes, for one column against 0 and 1.
 * @throws ChainruleError for targets that are no classes, for weights below 0, or where rows do not fit
 */
export function confusionMatrix(
  prediction: Matrix,
  target: Matrix,
  options: ConfusionMatrixOptions = {},
): Matrix {
  checkOptions("confusionMatrix", options, {
    weight: anything,
    prediction: optional(oneOf("value", "probability", "logit")),
    threshold: optional(finite),
    normalize: optional(oneOf("rows", "cols", "all")),
  });
  const { weight, prediction: meaning = "probability", threshold, normalize } = options;
  const classify = classifier("confusionMatrix", meaning, undefined, threshold);
  const k = Matrix.isMatrix(prediction) ? Math.max(2, prediction.cols) : 0;
  const counts = Matrix.zeros(k, k, "float64");
  eachRow("confusionMatrix", 0, prediction, target, weight, (r, w) => {
    const [found, wanted] = classify(prediction, target, r);
    counts.data[wanted * k + found] += w;
  });
  if (normalize === undefined) return counts;
  const all = normalize === "all" ? counts.sum() : 0;
  const totals = normalize === "all" ? undefined : counts.sum(normalize);
  return counts.map((n, i, j) => {
    const total = totals === undefined ? all : totals.data[normalize === "rows" ? i : j];
    return total === 0 ? 0 : n / total;
  });
}
