import type { Matrix } from "../matrix.js";
import { checkOptions, finite, optional, type Rule } from "../options.js";
import { expectSigns, expectWidth } from "./checks.js";
import { expectClasses, targetAt } from "./classes.js";
import { type Loss, lossOf } from "./loss.js";
import { elementwise } from "./per-number.js";

const checkSigns = (name: string) => (columns: number, target: Matrix) => {
  expectWidth(name, columns, target);
  expectSigns(name, target);
};

/**
 * l = max(0, 1 − t·p), mean over columns, for targets of 1 and −1; the derivative is 0 at the bend.
 * Prediction and targets: [rows × columns]. C. Cortes and V. Vapnik, "Support-vector networks", 1995.
 * @throws ChainruleError for other targets
 */
export function hinge(): Loss {
  return elementwise(
    { name: "hinge", target: "sign", checkTargets: checkSigns("hinge") },
    { f: (p, t) => Math.max(0, 1 - t * p), df: (p, t) => (t * p >= 1 ? 0 : -t) },
  );
}

/**
 * l = max(0, 1 − t·p)², mean over columns, for targets of 1 and −1. Prediction and targets: [rows × columns].
 * @throws ChainruleError for other targets
 */
export function squaredHinge(): Loss {
  return elementwise(
    { name: "squaredHinge", target: "sign", checkTargets: checkSigns("squaredHinge") },
    { f: (p, t) => Math.max(0, 1 - t * p) ** 2, df: (p, t) => -2 * t * Math.max(0, 1 - t * p) },
  );
}

/**
 * On scores p of k classes: l = max(0, 1 + max (1 − t)·p − Σ t·p), as in Keras; a rival counts at least 0 with one-hot
 * targets, for the class itself has (1 − t)·p = 0. The first of equal rivals gets the derivative.
 * Prediction: [rows × k]; targets as for softmaxCrossEntropy. For margins to each rival, see multiMargin.
 * @throws ChainruleError for targets that do not fit
 */
export function categoricalHinge(): Loss {
  const name = "categoricalHinge";
  return lossOf({
    name,
    target: "class",
    checkTargets: (k, target) => expectClasses(name, k, target),
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: p } = prediction;
      const start = r * k;
      let [own, rival, best] = [0, Number.NEGATIVE_INFINITY, 0];
      for (let c = 0; c < k; c++) {
        const t = targetAt(target, r, c);
        const other = t === 1 ? 0 : (1 - t) * p[start + c]; // a masked score is −∞
        if (other > rival) best = c;
        rival = Math.max(rival, other);
        if (t !== 0) own += t * p[start + c];
      }
      const loss = Math.max(0, 1 + rival - own);
      if (gradient === undefined) return loss;
      for (let c = 0; c < k; c++) {
        const t = targetAt(target, r, c);
        gradient.data[start + c] = loss === 0 ? 0 : weight * ((c === best ? 1 - t : 0) - t);
      }
      return loss;
    },
  });
}

const oneOrTwo: Rule = { expected: "1 or 2", accepts: (v) => v === 1 || v === 2 };

/**
 * On scores x of k classes, with y the class of the row: l = Σ max(0, margin − x_y + x_c)^p / k over the other classes
 * c. Targets that are shares give the same mixture of the losses of their classes. Defaults: p 1, margin 1.
 * Prediction: [rows × k]; targets as for softmaxCrossEntropy.
 * J. Weston and C. Watkins, "Support vector machines for multi-class pattern recognition", 1999.
 * @throws ChainruleError for a p that is neither 1 nor 2, and for targets that do not fit
 */
export function multiMargin(
  options: {
    /** The power of what is missing. Default: 1. */
    p?: 1 | 2;
    /** How far the class is to be ahead of the others. Default: 1. */
    margin?: number;
  } = {},
): Loss {
  const name = "multiMargin";
  checkOptions(name, options, { p: optional(oneOrTwo), margin: optional(finite) });
  const { p = 1, margin = 1 } = options;
  return lossOf({
    name,
    target: "class",
    checkTargets: (k, target) => expectClasses(name, k, target),
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: x } = prediction;
      const start = r * k;
      const dx = gradient?.data.fill(0, start, start + k);
      let loss = 0;
      for (let y = 0; y < k; y++) {
        const t = targetAt(target, r, y);
        if (t === 0) continue;
        let pull = 0;
        for (let c = 0; c < k; c++) {
          const excess = margin - x[start + y] + x[start + c];
          if (c === y || excess <= 0) continue;
          loss += (t * (p === 1 ? excess : excess * excess)) / k;
          const d = (weight * t * (p === 1 ? 1 : 2 * excess)) / k;
          if (dx !== undefined) dx[start + c] += d;
          pull += d;
        }
        if (dx !== undefined) dx[start + y] -= pull;
      }
      return loss;
    },
  });
}
