import { fail } from "../errors.js";
import { logistic, softplusOf } from "../kernels/curves.js";
import type { Matrix } from "../matrix.js";
import { log, log1p } from "../numeric/logarithm.js";
import { checkOptions, flag, optional, positive } from "../options.js";
import { type Loss, type LossOptions, lossOf } from "./loss.js";

/** l(p, t) for one number, and its derivative by p. */
interface Formula {
  f(p: number, t: number): number;
  df(p: number, t: number): number;
}

type About = Omit<LossOptions, "row" | "checkTargets"> & Partial<LossOptions>;

/** A loss that is the mean of a formula over the columns, as in PyTorch. */
function elementwise(about: About, { f, df }: Formula): Loss {
  return lossOf({
    checkTargets: (columns, target) => expectWidth(about.name, columns, target),
    ...about,
    row(prediction, target, r, weight, gradient) {
      const { cols, data: p } = prediction;
      const t = target.data;
      let sum = 0;
      for (let i = r * cols; i < (r + 1) * cols; i++) {
        sum += f(p[i], t[i]);
        if (gradient !== undefined) gradient.data[i] = (weight * df(p[i], t[i])) / cols;
      }
      return sum / cols;
    },
  });
}

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
  const about = { name: "binaryCrossEntropy", checkTargets: expectShares };
  const onLogits = elementwise(
    { ...about, prediction: "logit" },
    {
      f: (z, t) => t * softplusOf(-z) + (1 - t) * softplusOf(z),
      df: (z, t) => (1 - t) * logistic(z) - t * logistic(-z),
    },
  );
  if (options.fromLogits) return onLogits;
  return elementwise(
    {
      ...about,
      prediction: "probability",
      fused: { after: "Sigmoid", loss: onLogits },
      checkPrediction: expectProbabilities,
    },
    {
      f: (p, t) => -(t * Math.max(log(p), -100) + (1 - t) * Math.max(log1p(-p), -100)),
      df: (p, t) => (p - t) / Math.max(p * (1 - p), 1e-12),
    },
  );
}

function expectWidth(name: string, columns: number, target: Matrix): void {
  if (target.cols !== columns) {
    const advice = "Check `units` of the last layer, and the targets.";
    fail(name, `targets as wide as the predictions, ${columns} columns`, String(target.cols), advice);
  }
}

function expectShares(columns: number, target: Matrix): void {
  expectWidth("binaryCrossEntropy", columns, target);
  for (const t of target.data)
    if (t < 0 || t > 1) fail("binaryCrossEntropy", "targets from 0 to 1", String(t));
}

function expectProbabilities(prediction: Matrix): void {
  for (const p of prediction.data) {
    const advice = "End the model with Sigmoid, or use fromLogits: true.";
    if (p < 0 || p > 1) fail("binaryCrossEntropy", "probabilities from 0 to 1", String(p), advice);
  }
}
