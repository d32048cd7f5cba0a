import { exp } from "../numeric/exponential.js";
import { log } from "../numeric/logarithm.js";
import { checkOptions, flag, optional } from "../options.js";
import { expectEach, expectProbabilities, expectWidth } from "./checks.js";
import { type Loss, lossOf } from "./loss.js";

/**
 * Of probabilities t from predicted probabilities p: l = Σ t·(ln t − max(ln p, −100)), a sum over columns, so that it
 * is the divergence itself: `reduction="batchmean"` of PyTorch. Derivative −t / max(p, 10⁻¹²). 0·ln 0 = 0.
 * `fromLogProbabilities` (default: false): predictions are ln p, as PyTorch has it and LogSoftmax puts them out; then
 * the derivative is −t. `logTarget` (default: false): targets are ln t. Prediction and targets: [rows × columns].
 * S. Kullback and R. Leibler, "On information and sufficiency", 1951.
 * @throws ChainruleError for targets below 0 (with logTarget: above 0), and for predictions that are no probabilities
 */
export function klDivergence(
  options: {
    /** Whether predictions are logarithms of probabilities. Default: false. */
    fromLogProbabilities?: boolean;
    /** Whether targets are. Default: false. */
    logTarget?: boolean;
  } = {},
): Loss {
  const name = "klDivergence";
  checkOptions(name, options, { fromLogProbabilities: optional(flag), logTarget: optional(flag) });
  const { fromLogProbabilities = false, logTarget = false } = options;
  const isPlain = !fromLogProbabilities && !logTarget; // then ln t − ln p is one logarithm, with all its digits near 0
  const logT = (t: number, given: number) => (logTarget ? given : log(t));
  const logP = (p: number) => (fromLogProbabilities ? p : log(Math.max(p, LEAST)));
  const advice = "End the model with Softmax, or use fromLogProbabilities: true.";
  return lossOf({
    name,
    prediction: fromLogProbabilities ? "value" : "probability",
    checkTargets(columns, target) {
      expectWidth(name, columns, target);
      if (logTarget) {
        const words = "logarithms of probabilities, at most 0, as targets";
        expectEach(name, target, words, (t) => t <= ROUNDED, "For probabilities, leave logTarget out.");
      } else {
        const hint = "For logarithms of probabilities, use logTarget: true.";
        expectEach(name, target, "targets of at least 0", (t) => t >= 0, hint);
      }
    },
    checkPrediction(prediction) {
      if (!fromLogProbabilities) expectProbabilities(name, prediction, advice, ROUNDED);
    },
    row({ cols, data: p }, target, r, weight, gradient) {
      const [given, d] = [target.data, gradient?.data];
      let loss = 0;
      for (let i = r * cols; i < (r + 1) * cols; i++) {
        const t = logTarget ? exp(given[i]) : given[i];
        if (t !== 0) loss += t * (isPlain ? log(t / Math.max(p[i], LEAST)) : logT(t, given[i]) - logP(p[i]));
        if (d !== undefined) d[i] = (-weight * t) / (fromLogProbabilities ? 1 : Math.max(p[i], 1e-12));
      }
      return loss;
    },
  });
}

/** A rounded sum may leave a probability a few last places above 1. */
const ROUNDED = 1e-5;
/** e⁻¹⁰⁰ */
const LEAST = 3.720075976020836e-44;
