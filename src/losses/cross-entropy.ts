import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { exp } from "../numeric/exponential.js";
import { log, log1p } from "../numeric/logarithm.js";
import { checkOptions, fraction, optional } from "../options.js";
import { expectClasses, targetAt } from "./classes.js";
import { type Loss, lossOf } from "./loss.js";

/**
 * On logits z, with targets t of k classes: l = −Σ t′·ln softmax(z), t′ = (1 − ε)·t + ε/k. ∂l/∂z = softmax(z)·Σt′ − t′.
 * Targets are one-hot rows, rows of probabilities, or one column of class indices from 0. Default: labelSmoothing ε 0.
 * C. Szegedy et al., "Rethinking the Inception architecture", 2016, for the smoothing.
 */
export function softmaxCrossEntropy(options: { labelSmoothing?: number } = {}): Loss {
  checkOptions("softmaxCrossEntropy", options, { labelSmoothing: optional(fraction) });
  const { labelSmoothing = 0 } = options;
  let powers = new Float64Array(0); // e^(z − z_top) of the row in work
  return lossOf({
    name: "softmaxCrossEntropy",
    prediction: "logit",
    target: "class",
    checkTargets: (columns, target) => expectClasses("softmaxCrossEntropy", columns, target),
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: z } = prediction;
      const start = r * k;
      if (powers.length < k) powers = new Float64Array(k);
      const smooth = (c: number) => (1 - labelSmoothing) * targetAt(target, r, c) + labelSmoothing / k;

      let top = 0;
      for (let c = 1; c < k; c++) if (z[start + c] > z[start + top]) top = c;
      // Σ e^(z − z_top) = 1 + rest: keeping the 1 apart keeps all digits of a loss that is nearly 0.
      let rest = 0;
      for (let c = 0; c < k; c++) {
        if (c === top) continue;
        powers[c] = exp(z[start + c] - z[start + top]);
        rest += powers[c];
      }
      const logTotal = log1p(rest);

      let [loss, mass] = [0, 0];
      for (let c = 0; c < k; c++) {
        const t = smooth(c);
        mass += t;
        if (t !== 0) loss += t * (z[start + top] - z[start + c] + logTotal);
      }
      if (gradient === undefined) return loss;
      const dz = gradient.data;
      for (let c = 0; c < k; c++) {
        const t = smooth(c);
        const d = c === top ? mass - t - (mass * rest) / (1 + rest) : (mass * powers[c]) / (1 + rest) - t;
        dz[start + c] = weight * d;
      }
      return loss;
    },
  });
}

/**
 * On probabilities p of k classes: l = −Σ t·max(ln p, −100), derivative −t / max(p, 10⁻¹²). Targets as for
 * softmaxCrossEntropy. After a last layer Softmax, `compile` uses softmaxCrossEntropy on its logits instead.
 */
export function categoricalCrossEntropy(): Loss {
  return lossOf({
    name: "categoricalCrossEntropy",
    prediction: "probability",
    target: "class",
    fused: { after: "Softmax", loss: softmaxCrossEntropy() },
    checkTargets: (columns, target) => expectClasses("categoricalCrossEntropy", columns, target),
    checkPrediction: expectProbabilities,
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: p } = prediction;
      let loss = 0;
      for (let c = 0; c < k; c++) {
        const t = targetAt(target, r, c);
        if (gradient !== undefined) gradient.data[r * k + c] = (-weight * t) / Math.max(p[r * k + c], 1e-12);
        if (t !== 0) loss -= t * Math.max(log(p[r * k + c]), -100);
      }
      return loss;
    },
  });
}

/** A rounded sum may leave a probability a few last places above 1. */
function expectProbabilities(prediction: Matrix): void {
  for (const p of prediction.data) {
    if (p < 0 || p > 1 + 1e-5) {
      const advice = "End the model with Softmax, or use softmaxCrossEntropy on logits.";
      fail("categoricalCrossEntropy", "probabilities from 0 to 1", String(p), advice);
    }
  }
}
