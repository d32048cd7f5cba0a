import { fail } from "../errors.js";
import { exp } from "../numeric/exponential.js";
import { log } from "../numeric/logarithm.js";
import { checkOptions, flag, optional, positive } from "../options.js";
import { expectBlocks, expectEach, expectWidth } from "./checks.js";
import { type Loss, lossOf } from "./loss.js";
import { elementwise } from "./per-number.js";

const LOG_TAU = 1.8378770664093456; // ln 2π

/**
 * −ln likelihood of counts t under a Poisson distribution, without ln t!, mean over columns. With `logInput` (default:
 * true) predictions are logarithms of rates: l = eᵖ − t·p; without they are rates: l = p − t·ln(p + ε). `full`
 * (default: false) adds Stirling's ln t! ≈ t·ln t − t + ½·ln(2πt) where t > 1. Default: epsilon ε 10⁻⁸.
 * Prediction and targets: [rows × columns].
 * @throws ChainruleError for targets below 0, and for rates below 0
 */
export function poisson(
  options: {
    /** Whether predictions are logarithms of rates. Default: true. */
    logInput?: boolean;
    /** Whether to add Stirling's ln t!, which no gradient depends on. Default: false. */
    full?: boolean;
    /** Keeps the logarithm of a rate of 0 finite. Default: 1e-8. */
    epsilon?: number;
  } = {},
): Loss {
  const name = "poisson";
  const rules = { logInput: optional(flag), full: optional(flag), epsilon: optional(positive) };
  checkOptions(name, options, rules);
  const { logInput = true, full = false, epsilon = 1e-8 } = options;
  const constant = (t: number) => (full && t > 1 ? t * log(t) - t + 0.5 * (LOG_TAU + log(t)) : 0);
  return elementwise(
    {
      name,
      checkTargets(columns, target) {
        expectWidth(name, columns, target);
        expectEach(name, target, "counts of at least 0 as targets", (t) => t >= 0);
      },
      checkPrediction(prediction) {
        const advice = "End the model with Softplus, or leave logInput out.";
        if (!logInput) expectEach(name, prediction, "rates of at least 0", (p) => !(p < 0), advice);
      },
    },
    logInput
      ? {
          common: exp,
          f: (p, t, rate) => rate - (t === 0 ? 0 : t * p) + constant(t),
          df: (_, t, rate) => rate - t,
        }
      : { f: (p, t) => p - t * log(p + epsilon) + constant(t), df: (p, t) => 1 - t / (p + epsilon) },
  );
}

/**
 * −ln likelihood of t under a normal distribution of mean m and variance v, mean over the columns of targets:
 * l = ½·(ln u + (t − m)² / u), u = max(v, ε). `full` (default: false) adds ½·ln 2π. Default: epsilon ε 10⁻⁶.
 * Prediction: [rows × 2·columns], the means, then the variances; targets: [rows × columns]. The derivative by v is that
 * at u, as in PyTorch, so that a variance below ε can grow again. D. Nix and A. Weigend, 1994.
 * @throws ChainruleError for variances below 0, and predictions that are not two blocks as wide as the targets
 */
export function gaussianNLL(
  options: {
    /** Whether to add ½·ln 2π, which no gradient depends on. Default: false. */
    full?: boolean;
    /** The least variance. Default: 1e-6. */
    epsilon?: number;
  } = {},
): Loss {
  const name = "gaussianNLL";
  checkOptions(name, options, { full: optional(flag), epsilon: optional(positive) });
  const { full = false, epsilon = 1e-6 } = options;
  return lossOf({
    name,
    checkTargets: (columns, target) => expectBlocks(name, "[mean | variance]", columns, target),
    checkPrediction({ rows, cols, data }) {
      for (let r = 0; r < rows; r++) {
        for (let i = r * cols + cols / 2; i < (r + 1) * cols; i++) {
          if (data[i] < 0) fail(name, "variances of at least 0", String(data[i]), ADVICE);
        }
      }
    },
    row(prediction, target, r, weight, gradient) {
      const n = target.cols;
      let sum = 0;
      for (let c = 0; c < n; c++) {
        const [mean, variance] = [2 * r * n + c, 2 * r * n + n + c];
        const u = Math.max(prediction.data[variance], epsilon);
        const e = prediction.data[mean] - target.data[r * n + c];
        // e² by itself may overflow where e² / u does not.
        sum += 0.5 * (log(u) + e * (e / u) + (full ? LOG_TAU : 0));
        if (gradient === undefined) continue;
        gradient.data[mean] = (weight * (e / u)) / n;
        gradient.data[variance] = (weight * 0.5 * (1 - e * (e / u))) / u / n;
      }
      return sum / n;
    },
  });
}

const ADVICE = "Let the model put out variances that are positive, for example by Softplus.";
