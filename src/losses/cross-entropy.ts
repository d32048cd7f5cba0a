import { log } from "../numeric/logarithm.js";
import { checkOptions, fraction, optional } from "../options.js";
import { expectProbabilities } from "./checks.js";
import { type ClassCounts, classCountRules, classCounts, isIgnored } from "./class-counts.js";
import { targetAt } from "./classes.js";
import { type Loss, lossOf } from "./loss.js";
import { SoftmaxRow } from "./softmax-row.js";

/**
 * On logits z, with targets t of k classes: l = −Σ w·t′·ln softmax(z), t′ = (1 − ε)·t + ε/k.
 * ∂l/∂z = softmax(z)·Σ(w·t′) − w·t′. Targets are one-hot rows, rows of probabilities, or one column of class indices
 * from 0. Defaults: labelSmoothing ε 0, classWeight w 1 each, ignoreIndex none. With class weights a row counts for
 * Σ w·t, so the mean is PyTorch's for indices; PyTorch divides by the number of rows where targets are probabilities.
 * C. Szegedy et al., "Rethinking the Inception architecture", 2016, for the smoothing.
 * @throws ChainruleError for options and targets that do not fit
 */
export function softmaxCrossEntropy(
  options: {
    /** ε, in [0, 1): so much of each target is shared out among all classes. Default: 0. */
    labelSmoothing?: number;
  } & ClassCounts = {},
): Loss {
  const name = "softmaxCrossEntropy";
  checkOptions(name, options, { labelSmoothing: optional(fraction), ...classCountRules });
  const { labelSmoothing = 0, classWeight } = options;
  const softmax = new SoftmaxRow();
  let shares = new Float64Array(0); // w·t′ of each class
  return lossOf({
    name,
    prediction: "logit",
    ...classCounts(name, options),
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: z } = prediction;
      const start = r * k;
      if (isIgnored(target, r, options)) {
        gradient?.data.fill(0, start, start + k);
        return 0;
      }
      softmax.read(z, start, k);
      const { top, rest, powers, logTotal } = softmax;
      if (shares.length < k) shares = new Float64Array(k);
      const t = target.data;
      const most = z[start + top];
      if (target.cols === 1)
        shares.fill(labelSmoothing / k, 0, k)[t[r]] = 1 - labelSmoothing + labelSmoothing / k;
      else for (let c = 0; c < k; c++) shares[c] = (1 - labelSmoothing) * t[start + c] + labelSmoothing / k;
      if (classWeight !== undefined) for (let c = 0; c < k; c++) shares[c] *= classWeight[c];
      let [loss, mass] = [0, 0];
      for (let c = 0; c < k; c++) {
        if (shares[c] === 0) continue; // a masked logit is −∞
        mass += shares[c];
        // −ln p, written out: a number that a function returns may cost an allocation.
        loss += shares[c] * (most - z[start + c] + logTotal);
      }
      if (gradient === undefined) return loss;
      const dz = gradient.data;
      const total = 1 + rest;
      for (let c = 0; c < k; c++) dz[start + c] = weight * ((mass * powers[c]) / total - shares[c]);
      dz[start + top] = weight * (mass - shares[top] - (mass * rest) / total);
      return loss;
    },
  });
}

/**
 * On probabilities p of k classes: l = −Σ w·t·max(ln p, −100), derivative −w·t / max(p, 10⁻¹²). Targets, classWeight
 * and ignoreIndex as for softmaxCrossEntropy. After a last layer Softmax, `compile` uses softmaxCrossEntropy on its
 * logits instead.
 * @throws ChainruleError for options and targets that do not fit, and for predictions below 0 or above 1
 */
export function categoricalCrossEntropy(options: ClassCounts = {}): Loss {
  const name = "categoricalCrossEntropy";
  checkOptions(name, options, classCountRules);
  const { classWeight } = options;
  return lossOf({
    name,
    prediction: "probability",
    ...classCounts(name, options),
    fused: { after: "Softmax", loss: softmaxCrossEntropy(options) },
    checkPrediction: (p) => expectProbabilities(name, p, SOFTMAX, ROUNDED),
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: p } = prediction;
      if (isIgnored(target, r, options)) {
        gradient?.data.fill(0, r * k, (r + 1) * k);
        return 0;
      }
      const d = gradient?.data;
      let loss = 0;
      for (let c = 0; c < k; c++) {
        const share = targetAt(target, r, c);
        const t = classWeight === undefined ? share : classWeight[c] * share;
        if (d !== undefined) d[r * k + c] = (-weight * t) / Math.max(p[r * k + c], 1e-12);
        if (t !== 0) loss -= t * Math.max(log(p[r * k + c]), -100);
      }
      return loss;
    },
  });
}

const SOFTMAX = "End the model with Softmax, or use softmaxCrossEntropy on logits.";
/** A rounded sum may leave a probability a few last places above 1. */
const ROUNDED = 1e-5;
