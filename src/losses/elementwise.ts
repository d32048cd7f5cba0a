import { exp } from "../numeric/exponential.js";
import { log, log1p } from "../numeric/logarithm.js";
import { checkOptions, flag, optional, positive } from "../options.js";
import { expectProbabilities, expectShares } from "./checks.js";
import { type Loss, type LossOptions, lossOf } from "./loss.js";
import { elementwise } from "./per-number.js";

/** l = (p − t)² */
export function meanSquaredError(): Loss {
  return elementwise({ name: "meanSquaredError" }, { f: (p, t) => (p - t) ** 2, df: (p, t) => 2 * (p - t) });
}

/** l = |p − t|; the derivative is 0 where they are equal. */
export function meanAbsoluteError(): Loss {
  return elementwise(
    { name: "meanAbsoluteError" },
    { f: (p, t) => Math.abs(p - t), df: (p, t) => Math.sign(p - t) },
  );
}

/** l = ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ), with e = p − t. Default: δ 1. P. Huber, 1964. */
export function huber(options: { delta?: number } = {}): Loss {
  checkOptions("huber", options, { delta: optional(positive) });
  const { delta = 1 } = options;
  return elementwise(
    { name: "huber" },
    {
      f(p, t) {
        const e = Math.abs(p - t);
        return e <= delta ? 0.5 * e * e : delta * (e - 0.5 * delta);
      },
      df: (p, t) => Math.max(-delta, Math.min(delta, p - t)),
    },
  );
}

/**
 * For targets t from 0 to 1. On probabilities: l = −t·ln p − (1 − t)·ln(1 − p), each logarithm at least −100, and the
 * derivative (p − t) / max(p·(1 − p), 10⁻¹²), as in PyTorch. With `fromLogits` (default: false) on logits z:
 * l = t·ln(1 + e⁻ᶻ) + (1 − t)·ln(1 + eᶻ), exact however large z is. After a last layer Sigmoid, `compile` takes the
 * second form by itself.
 */
export function binaryCrossEntropy(options: { fromLogits?: boolean } = {}): Loss {
  checkOptions("binaryCrossEntropy", options, { fromLogits: optional(flag) });
  const name = "binaryCrossEntropy";
  const about: Pick<LossOptions, "name" | "checkTargets"> = {
    name,
    checkTargets: (columns, target) => expectShares(name, columns, target),
  };
  const onLogits = lossOf({
    ...about,
    prediction: "logit",
    // t·ln(1 + e⁻ᶻ) + (1 − t)·ln(1 + eᶻ) = max(z, 0) − t·z + ln(1 + e⁻|ᶻ|), and (1 − t)·σ(z) − t·σ(−z): one power for all
    row({ cols, data: z }, { data: t }, r, weight, gradient) {
      const d = gradient?.data;
      let sum = 0;
      for (let i = r * cols; i < (r + 1) * cols; i++) {
        const e = exp(-Math.abs(z[i]));
        sum += (z[i] > 0 ? z[i] - t[i] * z[i] : -t[i] * z[i]) + log1p(e);
        const slope = z[i] < 0 ? (1 - t[i]) * e - t[i] : 1 - t[i] - t[i] * e;
        if (d !== undefined) d[i] = (weight * (slope / (1 + e))) / cols;
      }
      return sum / cols;
    },
  });
  if (options.fromLogits) return onLogits;
  return elementwise(
    {
      ...about,
      prediction: "probability",
      fused: { after: "Sigmoid", loss: onLogits },
      checkPrediction: (p) =>
        expectProbabilities(name, p, "End the model with Sigmoid, or use fromLogits: true."),
    },
    {
      f: (p, t) => -(t * Math.max(log(p), -100) + (1 - t) * Math.max(log1p(-p), -100)),
      df: (p, t) => (p - t) / Math.max(p * (1 - p), 1e-12),
    },
  );
}
