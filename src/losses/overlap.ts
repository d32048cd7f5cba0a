import type { Matrix } from "../matrix.js";
import { checkOptions, nonNegative, optional } from "../options.js";
import { expectProbabilities, expectShares } from "./checks.js";
import { type Loss, type LossOptions, lossOf } from "./loss.js";

/**
 * On probabilities p and targets t from 0 to 1, each row by itself: l = 1 − (2·Σpt + s) / (Σp + Σt + s), worked out as
 * Σ(p + t − 2pt) / (Σp + Σt + s), which is 0 where p = t = 0 or 1. Where all of it is 0, so is l. Default: smooth s 1.
 * Prediction and targets: [rows × columns].
 * F. Milletari et al., "V-Net", 2016, which has sums of squares below; here they are plain sums.
 * @throws ChainruleError for options, targets or predictions out of their range
 */
export function dice(
  options: {
    /** Added above and below the fraction, so that empty rows have a loss. Default: 1. */
    smooth?: number;
  } = {},
): Loss {
  checkOptions("dice", options, { smooth: optional(nonNegative) });
  const { smooth = 1 } = options;
  return lossOf(overlap("dice", 0.5, 0.5, smooth / 2));
}

/**
 * On probabilities p and targets t from 0 to 1, each row by itself: l = 1 − (TP + s) / (TP + α·FP + β·FN + s), with
 * TP = Σpt, FP = Σp·(1 − t), FN = Σ(1 − p)·t. Where all of it is 0, so is l. Defaults: alpha α 0.5, beta β 0.5 (then it
 * is dice with twice the s), smooth s 1. Prediction and targets: [rows × columns].
 * S. Salehi et al., "Tversky loss function for image segmentation using 3D fully convolutional deep networks", 2017.
 * @throws ChainruleError for options, targets or predictions out of their range
 */
export function tversky(
  options: {
    /** What a false positive costs. Default: 0.5. */
    alpha?: number;
    /** What a false negative costs. Default: 0.5. */
    beta?: number;
    /** Added above and below the fraction, so that empty rows have a loss. Default: 1. */
    smooth?: number;
  } = {},
): Loss {
  const rules = { alpha: optional(nonNegative), beta: optional(nonNegative), smooth: optional(nonNegative) };
  checkOptions("tversky", options, rules);
  const { alpha = 0.5, beta = 0.5, smooth = 1 } = options;
  return lossOf(overlap("tversky", alpha, beta, smooth));
}

/** l = N / (TP + N + s), N = α·FP + β·FN. */
function overlap(name: string, alpha: number, beta: number, smooth: number): LossOptions {
  return {
    name,
    prediction: "probability",
    checkTargets: (columns: number, target: Matrix) => expectShares(name, columns, target),
    checkPrediction: (p) => expectProbabilities(name, p, "End the model with Sigmoid or Softmax.", 1e-5),
    row({ cols, data: p }, { data: t }, r, weight, gradient) {
      const [start, end] = [r * cols, (r + 1) * cols];
      let [hits, misses] = [smooth, 0];
      for (let i = start; i < end; i++) {
        hits += p[i] * t[i];
        misses += alpha * p[i] * (1 - t[i]) + beta * (1 - p[i]) * t[i];
      }
      const all = hits + misses;
      for (let i = start; gradient !== undefined && i < end; i++) {
        const dMisses = alpha * (1 - t[i]) - beta * t[i];
        gradient.data[i] = all === 0 ? 0 : (weight * (dMisses * (hits / all) - t[i] * (misses / all))) / all;
      }
      return all === 0 ? 0 : misses / all;
    },
  };
}
