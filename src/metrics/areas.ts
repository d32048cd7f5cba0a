import { checkOptions, flag, optional } from "../options.js";
import type { Metric } from "./metric.js";
import { rankingMetric } from "./ranking.js";

export interface AreaOptions {
  /**
   * Whether columns are questions of their own, each with a target of 0 or 1. If not, two or more columns are classes,
   * against one-hot rows or a column of indices, and logits of classes are compared by their softmax. Default: false.
   */
  multiLabel?: boolean;
}

const rules = () => ({ multiLabel: optional(flag) });

/**
 * The area under the ROC curve, exactly: the chance that a row that is of the class has a higher score than one that is
 * not, where equal scores are half a chance. All scores alike give 0.5. With two or more columns each class is taken
 * against the rest, and the areas are meaned. NaN of no rows, and where a column has no row of the class, or no other.
 * All scores are kept, and are part of the state. J. A. Hanley and B. J. McNeil, 1982.
 * @throws ChainruleError for scores that are NaN, and for targets that are no classes, or not 0 or 1
 */
export function rocAuc(options: AreaOptions = {}): Metric<"rocAuc"> {
  checkOptions("rocAuc", options, rules());
  return rankingMetric("rocAuc", options, ({ yes, no }) => {
    let [area, yesAbove, noAbove] = [0, 0, 0];
    for (let i = 0; i < yes.length; i++) {
      area += no[i] * (yesAbove + yes[i] / 2);
      yesAbove += yes[i];
      noAbove += no[i];
    }
    return area / yesAbove / noAbove;
  });
}

/**
 * The area under the precision-recall curve as steps, the average precision: **Σ (Rₙ − Rₙ₋₁)·Pₙ**, over the distinct
 * scores from the highest on, equal ones at once. With two or more columns each class is taken against the rest, and the
 * areas are meaned. NaN of no rows, and where a column has no row of the class. All scores are kept, and are part of the
 * state.
 * @throws ChainruleError for scores that are NaN, and for targets that are no classes, or not 0 or 1
 */
export function prAuc(options: AreaOptions = {}): Metric<"prAuc"> {
  checkOptions("prAuc", options, rules());
  return rankingMetric("prAuc", options, ({ yes, no }) => {
    let [area, found, all] = [0, 0, 0];
    for (let i = 0; i < yes.length; i++) {
      found += yes[i];
      all += yes[i] + no[i];
      area += yes[i] * (found / all);
    }
    return area / found;
  });
}
