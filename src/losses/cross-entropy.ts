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
export function softmaxCrossEntropy(options: { labelSmoothing?: number } & ClassCounts = {}): Loss {
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
      const [t0, index] = [target.data, target.cols === 1 ? target.data[r] : -1];
      let [loss, mass] = [0, 0];
      for (let c = 0; c < k; c++) {
        const share = target.cols === 1 ? Number(c === index) : t0[start + c];
        const t = (1 - labelSmoothing) * share + labelSmoothing / k;
        shares[c] = classWeight === undefined ? t : classWeight[c] * t;
        mass += shares[c];
        // −ln p, written out: a number that a function returns may cost an allocation.
        if (shares[c] !== 0) loss += shares[c] * (z[start + top] - z[start + c] + logTotal);
      }
      if (gradient === undefined) return loss;
      const dz = gradient.data;
      for (let c = 0; c < k; c++) {
        const t = shares[c];
        const d = c === top ? mass - t - (mass * rest) / (1 + rest) : (mass * powers[c]) / (1 + rest) - t;
        dz[start + c] = weight * d;
      }
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
