import { type DType, type Loss, Matrix } from "chainrule";
import { expect } from "vitest";
import { awayFromZero, relativeError, shares } from "./numbers.js";

const signs = (rows: number, cols: number, dtype: DType) =>
  Matrix.zeros(rows, cols, dtype).map((_, r, c) => ((r + c) % 3 === 0 ? -1 : 1));

/** Makes what stands in for predictions or targets. */
type Maker = (rows: number, cols: number, dtype: DType) => Matrix;

const positives: Maker = (rows, cols, dtype) => awayFromZero(rows, cols, dtype).map(Math.abs);
const logShares: Maker = (rows, cols, dtype) => shares(rows, cols, dtype).map(Math.log);
const targetShares: Maker = (rows, cols, dtype) => shares(rows, cols, dtype, "targets");

/** What losses ask for that take no plain numbers, classes or shares. */
const forms: Readonly<Record<string, { cols?: number; prediction?: Maker; target?: Maker; width?: number }>> =
  {
    hinge: { target: signs },
    squaredHinge: { target: signs },
    klDivergence: { prediction: logShares },
    poisson: { prediction: positives },
    gaussianNLL: { prediction: positives, width: 2 },
    cosineEmbedding: { target: signs, width: 1 },
    marginRanking: { target: signs, width: 2 },
    tripletMargin: { cols: 6, width: 1 },
  };

/** Predictions that the loss can be asked about, and targets in every form that it takes. */
export function casesFor(loss: Loss, dtype: DType): { prediction: Matrix; targets: Matrix[] } {
  const { cols = 4, width = cols, target = targetShares, ...form } = forms[loss.name] ?? {};
  const rows = 6;
  const make = loss.prediction === "probability" ? shares : (form.prediction ?? awayFromZero);
  const prediction = make(rows, cols, dtype);
  if (loss.target === "class") {
    const indices = Matrix.from([[0], [3], [1], [1], [2], [0]], dtype);
    const oneHot = Matrix.zeros(rows, cols, dtype).map((_, r, c) => (indices.at(r, 0) === c ? 1 : 0));
    return { prediction, targets: [indices, oneHot, shares(rows, cols, dtype, "targets")] };
  }
  const made = target(rows, width, dtype);
  return { prediction, targets: [takes(loss, cols, made) ? made : made.map(Math.log)] };
}

function takes(loss: Loss, cols: number, target: Matrix): boolean {
  try {
    loss.checkTargets?.(cols, target);
    return true;
  } catch {
    return false;
  }
}

/** gradient is that of the sum, in float64. */
export function lossGradientLaw(loss: Loss): void {
  const weight = Matrix.from([[1], [0.5], [2], [0], [1], [3]], "float64");
  const { prediction, targets } = casesFor(loss, "float64");
  for (const target of targets) {
    const h = 1e-6;
    const numeric = prediction.map((p, r, c) => {
      const moved = (to: number) => {
        const copy = prediction.copy();
        copy.set(r, c, to);
        return loss.total(copy, target, weight).sum;
      };
      return (moved(p + h) - moved(p - h)) / (2 * h);
    });
    expect(relativeError(loss.gradient(prediction, target, weight).data, numeric.data)).toBeLessThanOrEqual(
      1e-6,
    );
  }
}

/** Sums, weights and gradients of parts put together are those of the whole. */
export function additionLaw(loss: Loss): void {
  const weight = Matrix.from([[1], [0.5], [2], [0], [1], [3]], "float64");
  const { prediction, targets } = casesFor(loss, "float64");
  for (const target of targets) {
    const whole = loss.total(prediction, target, weight);
    const gradient = loss.gradient(prediction, target, weight);
    let [sum, weights] = [0, 0];
    for (const [start, end] of [
      [0, 1],
      [1, 4],
      [4, 6],
    ]) {
      const part = [prediction, target, weight].map((m) => m.slice(start, end)) as [Matrix, Matrix, Matrix];
      const total = loss.total(...part);
      sum += total.sum;
      weights += total.weight;
      expect(loss.gradient(...part).data).toEqual(gradient.slice(start, end).data);
    }
    expect(weights).toBe(whole.weight);
    expect(Math.abs(sum - whole.sum)).toBeLessThanOrEqual(1e-12 * Math.abs(whole.sum));
    expect(loss.mean(prediction, target, weight)).toBe(whole.sum / whole.weight);
  }
}

/** On what a last layer puts out, a loss is the one that it names for that layer's input. */
export function fusionLaw(loss: Loss): void {
  if (loss.fused === undefined) return;
  const { after, loss: onLogits } = loss.fused;
  const { targets } = casesFor(loss, "float64");
  const z = awayFromZero(6, 4, "float64", "logits");
  const powers = z.map(Math.exp);
  const rows = powers.sum("rows");
  const p = powers.map((e, r) => e / (after === "Softmax" ? rows.at(r, 0) : 1 + e));
  for (const target of targets) {
    const [total, own] = [onLogits.total(z, target), loss.total(p, target)];
    expect(Math.abs(total.sum - own.sum)).toBeLessThanOrEqual(1e-12 * own.sum);
    expect(total.weight).toBe(own.weight);
    const dp = loss.gradient(p, target);
    const mean = dp.mul(p).sum("rows");
    const dz = dp.map((d, r, c) =>
      after === "Softmax" ? p.at(r, c) * (d - mean.at(r, 0)) : d * p.at(r, c) * (1 - p.at(r, c)),
    );
    expect(relativeError(onLogits.gradient(z, target).data, dz.data)).toBeLessThanOrEqual(1e-12);
  }
}
