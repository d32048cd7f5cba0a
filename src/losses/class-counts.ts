import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { optional, type Rule, type Rules } from "../options.js";
import { expectClasses, targetAt } from "./classes.js";
import type { LossOptions } from "./loss.js";

/** Which rows of class targets count, and how much. */
export interface ClassCounts {
  /** What each class counts for, by index: PyTorch's `weight`. Default: 1 each. */
  classWeight?: readonly number[];
  /**
   * Rows with this index as target are left out, as if they weighed 0, of metrics too. Default: none; PyTorch's is −100.
   */
  ignoreIndex?: number;
}

const weights: Rule = {
  expected: "a list of finite numbers of at least 0, one for each class",
  accepts: (v) => Array.isArray(v) && v.every((w) => Number.isFinite(w) && w >= 0),
};
const wholeNumber: Rule = { expected: "a whole number", accepts: Number.isSafeInteger };

export const classCountRules: Rules = {
  classWeight: /* @__PURE__ */ optional(weights),
  ignoreIndex: /* @__PURE__ */ optional(wholeNumber),
};

/** Whether row r is left out. */
export function isIgnored(target: Matrix, r: number, { ignoreIndex }: ClassCounts): boolean {
  return ignoreIndex !== undefined && target.cols === 1 && target.data[r] === ignoreIndex;
}

/**
 * What a loss on classes asks of its targets, and what its rows count for: Σ classWeight·share, as PyTorch's mean has
 * it.
 */
export function classCounts(
  name: string,
  counts: ClassCounts,
): Pick<LossOptions, "target" | "checkTargets" | "rowWeight" | "ignores"> {
  const { classWeight, ignoreIndex } = counts;
  const checkTargets = (k: number, target: Matrix): void => {
    if (classWeight !== undefined && classWeight.length !== k) {
      fail(name, `a \`classWeight\` for each of ${k} classes`, String(classWeight.length));
    }
    expectClasses(name, k, target, ignoreIndex);
  };
  if (classWeight === undefined && ignoreIndex === undefined) return { target: "class", checkTargets };
  return {
    target: "class",
    checkTargets,
    ...(ignoreIndex !== undefined && { ignores: (target, r) => isIgnored(target, r, counts) }),
    rowWeight(target, r) {
      if (isIgnored(target, r, counts)) return 0;
      if (classWeight === undefined) return 1;
      if (target.cols === 1) return classWeight[target.data[r]];
      return classWeight.reduce((sum, w, c) => sum + w * targetAt(target, r, c), 0);
    },
  };
}
