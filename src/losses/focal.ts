import { logistic, softplusOf } from "../kernels/curves.js";
import { log, log1p } from "../numeric/logarithm.js";
import { pow } from "../numeric/power.js";
import { checkOptions, flag, nonNegative, optional, type Rule } from "../options.js";
import { expectProbabilities, expectShares } from "./checks.js";
import { expectClasses, targetAt } from "./classes.js";
import { type Loss, type LossOptions, lossOf } from "./loss.js";
import { elementwise } from "./per-number.js";
import { SoftmaxRow } from "./softmax-row.js";

const fromZeroToOne: Rule = {
  expected: "a number from 0 to 1",
  accepts: (v) => typeof v === "number" && v >= 0 && v <= 1,
};

/** (1 − p)^γ·(−ln p), from p, its complement and its logarithm, each with its own digits. */
function focal(rest: number, logP: number, gamma: number): number {
  return -pow(rest, gamma) * Math.max(logP, -100);
}

/** Its derivative by p: (1 − p)^γ·(γ·ln p / (1 − p) − 1/p), where ln p / (1 − p) → −1 as p → 1. */
function focalSlope(p: number, rest: number, logP: number, gamma: number): number {
  const ratio = rest === 0 ? -1 : Math.max(logP, -100) / rest;
  return pow(rest, gamma) * (gamma * ratio - 1 / Math.max(p, 1e-12));
}

/**
 * For targets t from 0 to 1, on probabilities p, mean over columns:
 * l = −t·α·(1 − p)^γ·ln p − (1 − t)·(1 − α)·p^γ·ln(1 − p), each logarithm at least −100. Without alpha (default) both
 * sides count 1. With `fromLogits` (default: false) on logits z, p = σ(z), exact however large z is; after a last layer
 * Sigmoid, `compile` takes that form by itself. Default: gamma γ 2. Prediction and targets: [rows × columns].
 * T.-Y. Lin et al., "Focal loss for dense object detection", 2017.
 * @throws ChainruleError for options, targets or probabilities out of their range
 */
export function binaryFocalCrossEntropy(
  options: {
    /** How much less easy rows count. Default: 2. */
    gamma?: number;
    /** The weight of class 1, where class 0 has 1 − alpha. Default: both 1. */
    alpha?: number;
    /** Whether predictions are logits, and no probabilities. Default: false. */
    fromLogits?: boolean;
  } = {},
): Loss {
  const name = "binaryFocalCrossEntropy";
  const rules = { gamma: optional(nonNegative), alpha: optional(fromZeroToOne), fromLogits: optional(flag) };
  checkOptions(name, options, rules);
  const { gamma = 2, alpha } = options;
  const [yes, no] = alpha === undefined ? [1, 1] : [alpha, 1 - alpha];
  const about: Pick<LossOptions, "name" | "checkTargets"> = {
    name,
    checkTargets: (columns, target) => expectShares(name, columns, target),
  };
  /** σ(−z)^γ·ln(1 + e⁻ᶻ), and its derivative by z. */
  const side = (z: number) => pow(logistic(-z), gamma) * softplusOf(-z);
  const slope = (z: number) =>
    -pow(logistic(-z), gamma) * (gamma * logistic(z) * softplusOf(-z) + logistic(-z));
  const onLogits = elementwise(
    { ...about, prediction: "logit" },
    {
      f: (z, t) => t * yes * side(z) + (1 - t) * no * side(-z),
      df: (z, t) => t * yes * slope(z) - (1 - t) * no * slope(-z),
    },
  );
  if (options.fromLogits) return onLogits;
  const advice = "End the model with Sigmoid, or use fromLogits: true.";
  return elementwise(
    {
      ...about,
      prediction: "probability",
      fused: { after: "Sigmoid", loss: onLogits },
      checkPrediction: (p) => expectProbabilities(name, p, advice),
    },
    {
      f: (p, t) => t * yes * focal(1 - p, log(p), gamma) + (1 - t) * no * focal(p, log1p(-p), gamma),
      df: (p, t) =>
        t * yes * focalSlope(p, 1 - p, log(p), gamma) - (1 - t) * no * focalSlope(1 - p, p, log1p(-p), gamma),
    },
  );
}

/**
 * For targets t of k classes, on probabilities p: l = −Σ t·(1 − p)^γ·max(ln p, −100). With `fromLogits` (default:
 * false) p = softmax(z) of logits z, exact however large they are; after a last layer Softmax, `compile` takes that
 * form by itself. Default: gamma γ 2. Prediction: [rows × k]; targets as for softmaxCrossEntropy.
 * T.-Y. Lin et al., "Focal loss for dense object detection", 2017.
 * @throws ChainruleError for options, targets or probabilities out of their range
 */
export function categoricalFocalCrossEntropy(
  options: {
    /** How much less easy rows count. Default: 2. */
    gamma?: number;
    /** Whether predictions are logits, and no probabilities. Default: false. */
    fromLogits?: boolean;
  } = {},
): Loss {
  const name = "categoricalFocalCrossEntropy";
  checkOptions(name, options, { gamma: optional(nonNegative), fromLogits: optional(flag) });
  const { gamma = 2, fromLogits = false } = options;
  const about: Pick<LossOptions, "name" | "target" | "checkTargets"> = {
    name,
    target: "class",
    checkTargets: (k, target) => expectClasses(name, k, target),
  };
  const onLogits = focalOnLogits(about, gamma);
  if (fromLogits) return onLogits;
  const advice = "End the model with Softmax, or use fromLogits: true.";
  return lossOf({
    ...about,
    prediction: "probability",
    fused: { after: "Softmax", loss: onLogits },
    checkPrediction: (p) => expectProbabilities(name, p, advice, 1e-5),
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data } = prediction;
      let loss = 0;
      for (let c = 0; c < k; c++) {
        const [p, t] = [data[r * k + c], targetAt(target, r, c)];
        const rest = Math.max(0, 1 - p);
        if (t !== 0) loss += t * focal(rest, log(p), gamma);
        if (gradient !== undefined) {
          gradient.data[r * k + c] = t === 0 ? 0 : weight * t * focalSlope(p, rest, log(p), gamma);
        }
      }
      return loss;
    },
  });
}

/** With u = −ln p: ∂l/∂zⱼ = Dⱼ·(1 − pⱼ) − pⱼ·Σ_{c≠j} D, where D = −t·(1 − p)^γ·(1 + γ·u·p / (1 − p)) = ∂l/∂ln p. */
const focalOnLogits = (about: Pick<LossOptions, "name" | "target" | "checkTargets">, gamma: number): Loss => {
  const softmax = new SoftmaxRow();
  let slopes = new Float64Array(0);
  return lossOf({
    ...about,
    prediction: "logit",
    row(prediction, target, r, weight, gradient) {
      const { cols: k, data: z } = prediction;
      if (slopes.length < k) slopes = new Float64Array(k);
      softmax.read(z, r * k, k);
      const { top, rest, powers } = softmax;
      const total = 1 + rest;
      const share = (c: number) => (c === top ? 1 : powers[c]) / total;
      const others = (c: number) => (c === top ? rest : 1 + (rest - powers[c])) / total;

      let [loss, sum] = [0, 0];
      for (let c = 0; c < k; c++) {
        const t = targetAt(target, r, c);
        slopes[c] = 0;
        if (t === 0) continue;
        const u = softmax.surprise(c);
        const hard = pow(others(c), gamma);
        loss += t * hard * u;
        // As the others vanish, u·p / (1 − p) → 1.
        const ratio = others(c) === 0 ? 1 : (u * share(c)) / others(c);
        slopes[c] = -t * hard * (1 + gamma * ratio);
        sum += slopes[c];
      }
      if (gradient === undefined) return loss;
      for (let c = 0; c < k; c++) {
        gradient.data[r * k + c] = weight * (slopes[c] * others(c) - share(c) * (sum - slopes[c]));
      }
      return loss;
    },
  });
};
