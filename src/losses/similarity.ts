import { checkOptions, finite, optional, positive } from "../options.js";
import { expectBlocks, expectSigns, expectWidth } from "./checks.js";
import { turnOf } from "./cosine.js";
import { type Loss, lossOf } from "./loss.js";

/**
 * l = 1 − cos(p, t) = 1 − p·t / (max(‖p‖, ε)·max(‖t‖, ε)), from 0 to 2; 1 where one of them is 0. Default: epsilon ε
 * 10⁻⁸, as in PyTorch. Prediction and targets: [rows × columns].
 * @throws ChainruleError for an epsilon of 0 or less, and targets of another width
 */
export function cosineSimilarity(
  options: {
    /** The least norm to divide by. Default: 1e-8. */
    epsilon?: number;
  } = {},
): Loss {
  const name = "cosineSimilarity";
  checkOptions(name, options, { epsilon: optional(positive) });
  const { epsilon = 1e-8 } = options;
  return lossOf({
    name,
    checkTargets: (columns, target) => expectWidth(name, columns, target),
    row({ cols, data }, target, r, weight, gradient) {
      const start = r * cols;
      const { distance, slope } = turnOf({ data, start }, { data: target.data, start }, cols, epsilon);
      for (let i = 0; gradient !== undefined && i < cols; i++) gradient.data[start + i] = weight * slope(i);
      return distance;
    },
  });
}

/**
 * Of two vectors side by side: l = 1 − cos(x₁, x₂) where the target is 1, max(0, cos(x₁, x₂) − margin) where it is −1,
 * with cos as in cosineSimilarity and ε 10⁻⁸, where PyTorch adds 10⁻¹² to squared lengths; the derivative is 0 at the
 * bend. Prediction: [rows × 2·columns], x₁, then x₂; targets: [rows × 1] of 1 and −1. Default: margin 0.
 * @throws ChainruleError for other targets, and predictions that are not two equal blocks
 */
export function cosineEmbedding(
  options: {
    /** How similar those that differ may be. Default: 0. */
    margin?: number;
  } = {},
): Loss {
  const name = "cosineEmbedding";
  checkOptions(name, options, { margin: optional(finite) });
  const { margin = 0 } = options;
  return lossOf({
    name,
    checkTargets(columns, target) {
      expectBlocks(name, "[x1 | x2]", columns, target, 1);
      expectSigns(name, target);
    },
    row({ cols, data }, target, r, weight, gradient) {
      const n = cols / 2;
      const [first, second] = [
        { data, start: r * cols },
        { data, start: r * cols + n },
      ];
      const alike = target.data[r] === 1;
      const one = turnOf(first, second, n, 1e-8);
      const loss = alike ? one.distance : Math.max(0, 1 - one.distance - margin);
      if (gradient === undefined) return loss;
      const other = turnOf(second, first, n, 1e-8);
      const factor = alike ? weight : loss === 0 ? 0 : -weight;
      for (let i = 0; i < n; i++) {
        gradient.data[first.start + i] = factor * one.slope(i);
        gradient.data[second.start + i] = factor * other.slope(i);
      }
      return loss;
    },
  });
}
