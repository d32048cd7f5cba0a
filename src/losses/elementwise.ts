import { expEach } from "../numeric/each.js";
import { log, log1p } from "../numeric/logarithm.js";
import { checkOptions, flag, optional, positive } from "../options.js";
import { expectProbabilities, expectShares } from "./checks.js";
import { type Loss, type LossOptions, lossOf, type RowLoss } from "./loss.js";
import { elementwise, type Formula } from "./per-number.js";

/** l = (p − t)² */
export function meanSquaredError(): Loss {
  return elementwise({ name: "meanSquaredError" }, { f: (_p, _t, e) => e * e, df: (_p, _t, e) => 2 * e });
}

/** l = |p − t|; the derivative is 0 where they are equal. */
export function meanAbsoluteError(): Loss {
  return elementwise(
    { name: "meanAbsoluteError" },
    { f: (_p, _t, e) => Math.abs(e), df: (_p, _t, e) => Math.sign(e) },
  );
}

/** l = ½·e² where |e| ≤ δ, else δ·(|e| − ½·δ), with e = p − t. Default: δ 1. P. Huber, 1964. */
export function huber(
  options: {
    /** The error from which on it grows straight. Default: 1. */
    delta?: number;
  } = {},
): Loss {
  checkOptions("huber", options, { delta: optional(positive) });
  return elementwise({ name: "huber" }, huberFormula, options.delta ?? 1);
}

/** By the slope s, e cut off at ±δ: l = s·(e − ½·s). */
const huberFormula: Formula = {
  common: (p, t, delta) => Math.max(-delta, Math.min(delta, p - t)),
  f: (p, t, slope) => slope * (p - t - 0.5 * slope),
  df: (_p, _t, slope) => slope,
};

/**
 * For targets t from 0 to 1. On probabilities: l = −t·ln p − (1 − t)·ln(1 − p), each logarithm at least −100, and the
 * derivative (p − t) / max(p·(1 − p), 10⁻¹²), as in PyTorch. With `fromLogits` (default: false) on logits z:
 * l = t·ln(1 + e⁻ᶻ) + (1 − t)·ln(1 + eᶻ), exact however large z is. After a last layer Sigmoid, `compile` takes the
 * second form by itself.
 */
export function binaryCrossEntropy(
  options: {
    /** Whether predictions are logits, and no probabilities. Default: false. */
    fromLogits?: boolean;
  } = {},
): Loss {
  checkOptions("binaryCrossEntropy", options, { fromLogits: optional(flag) });
  const name = "binaryCrossEntropy";
  const about: Pick<LossOptions, "name" | "checkTargets"> = {
    name,
    checkTargets: (columns, target) => expectShares(name, columns, target),
  };
  const onLogits = lossOf({
    ...about,
    prediction: "logit",
    row: rowOfLogits,
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

/** Numbers of which ln(1 + e) is taken at once: the product of that many is no Infinity, since e ≤ 1. */
const BLOCK = 1000;
const powers = /* @__PURE__ */ new Float64Array(BLOCK);

/**
 * t·ln(1 + e⁻ᶻ) + (1 − t)·ln(1 + eᶻ) = max(z, 0) − t·z + ln(1 + e), and (1 − t)·σ(z) − t·σ(−z), by one power e = e⁻|ᶻ|,
 * and one logarithm for many: (1 + q)·(1 + e) = 1 + (q + e + q·e), where the 1 is kept apart, so that no digit is lost.
 */
const rowOfLogits: RowLoss = ({ cols, data: z }, { data: t }, r, weight, gradient) => {
  const d = gradient?.data;
  let sum = 0;
  for (let from = 0; from < cols; from += BLOCK) {
    const [start, count] = [r * cols + from, Math.min(BLOCK, cols - from)];
    for (let i = 0; i < count; i++) powers[i] = -Math.abs(z[start + i]);
    expEach(powers, count);
    let product = 0; // less 1
    for (let i = 0; i < count; i++) {
      const x = z[start + i];
      const y = t[start + i];
      const e = powers[i];
      sum += x < 0 ? -y * x : x - y * x;
      product = product + e + product * e;
      if (d !== undefined)
        d[start + i] = (weight * ((x < 0 ? (1 - y) * e - y : 1 - y - y * e) / (1 + e))) / cols;
    }
    sum += log1p(product);
  }
  return sum / cols;
};
