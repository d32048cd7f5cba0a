import { checkOptions, finite, nonNegative, optional, type Rule } from "../options.js";
import { expectBlocks, expectSigns } from "./checks.js";
import { type Loss, lossOf } from "./loss.js";
import { norm, normSlope } from "./norm.js";

/**
 * l = max(0, margin − t·(x₁ − x₂)), mean over the columns of targets: x₁ is to be the larger where t is 1, x₂ where it
 * is −1. The derivative is 0 at the bend. Prediction: [rows × 2·columns], x₁, then x₂; targets: [rows × columns] of 1
 * and −1. Default: margin 0.
 * @throws ChainruleError for other targets, and predictions that are not two blocks as wide as the targets
 */
export function marginRanking(
  options: {
    /** How far the one is to be ahead of the other. Default: 0. */
    margin?: number;
  } = {},
): Loss {
  const name = "marginRanking";
  checkOptions(name, options, { margin: optional(finite) });
  const { margin = 0 } = options;
  return lossOf({
    name,
    checkTargets(columns, target) {
      expectBlocks(name, "[x1 | x2]", columns, target);
      expectSigns(name, target);
    },
    row({ data: x }, target, r, weight, gradient) {
      const n = target.cols;
      let sum = 0;
      for (let c = 0; c < n; c++) {
        const [first, second] = [2 * r * n + c, 2 * r * n + n + c];
        const t = target.data[r * n + c];
        const excess = Math.max(0, margin - t * (x[first] - x[second]));
        sum += excess;
        if (gradient === undefined) continue;
        gradient.data[first] = excess === 0 ? 0 : (-weight * t) / n;
        gradient.data[second] = excess === 0 ? 0 : (weight * t) / n;
      }
      return sum / n;
    },
  });
}

const atLeastOne: Rule = {
  expected: "a finite number of at least 1",
  accepts: (v) => typeof v === "number" && v >= 1 && v < Number.POSITIVE_INFINITY,
};

/**
 * l = max(0, d(a, b) − d(a, c) + margin), d(x, y) = ‖x − y + ε‖_p: the anchor a is to be nearer to the positive b than
 * to the negative c. Prediction: [rows × 3·columns], a, then b, then c. Targets are not looked at, but there must be a
 * row of them for each row, of any width: zeros will do. Defaults: margin 1, p 2, epsilon ε 10⁻⁶.
 * V. Balntas et al., "Learning shallow convolutional feature descriptors with triplet losses", 2016.
 * @throws ChainruleError for a p below 1, and predictions that are not three equal blocks
 */
export function tripletMargin(
  options: {
    /** How much farther the other is to be. Default: 1. */
    margin?: number;
    /** The norm that distances are of. Default: 2. */
    p?: number;
    /** Added to each difference. Default: 1e-6. */
    epsilon?: number;
  } = {},
): Loss {
  const name = "tripletMargin";
  const rules = { margin: optional(finite), p: optional(atLeastOne), epsilon: optional(nonNegative) };
  checkOptions(name, options, rules);
  const { margin = 1, p = 2, epsilon = 1e-6 } = options;
  return lossOf({
    name,
    checkTargets: (columns, target) =>
      expectBlocks(name, "[anchor | positive | negative]", columns, target, target.cols),
    row({ cols, data: x }, _, r, weight, gradient) {
      const n = cols / 3;
      const start = r * cols;
      const near = (i: number) => x[start + i] - x[start + n + i] + epsilon;
      const far = (i: number) => x[start + i] - x[start + 2 * n + i] + epsilon;
      const [toPositive, toNegative] = [norm(n, p, near), norm(n, p, far)];
      const loss = Math.max(0, toPositive - toNegative + margin);
      if (gradient === undefined) return loss;
      const factor = loss === 0 ? 0 : weight;
      for (let i = 0; i < n; i++) {
        const pull = factor * normSlope(near(i), toPositive, p);
        const push = factor * normSlope(far(i), toNegative, p);
        gradient.data[start + i] = pull - push;
        gradient.data[start + n + i] = -pull;
        gradient.data[start + 2 * n + i] = push;
      }
      return loss;
    },
  });
}
