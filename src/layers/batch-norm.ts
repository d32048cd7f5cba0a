import { ones, zeros } from "../initializers.js";
import type { Matrix } from "../matrix.js";
import { optional, type Rule } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Shape, sizeOf } from "../shape.js";
import { Affine, type NormOptions, normRules } from "./affine.js";
import type { Context } from "./context.js";

export interface BatchNormOptions extends NormOptions {
  /** How much of the running statistics each step replaces, in [0, 1]. Default: 0.1. */
  momentum?: number;
}

const share: Rule = {
  expected: "a number from 0 to 1",
  accepts: (v) => typeof v === "number" && v >= 0 && v <= 1,
};

/**
 * y = γ ∘ (x − μ) / √(σ² + ε) + β, unit by unit. In training μ and σ² are the mean and the variance of the batch (divided
 * by n), and the running ones follow them: r ← (1 − momentum)·r + momentum·batch, the variance divided by n − 1.
 * Otherwise they are the running ones, `runningMean` and `runningVariance` [1 × units], which no optimizer changes. A batch
 * of one row has no variance: y = β, and the running variance stays. Default: ε 10⁻⁵.
 * S. Ioffe and C. Szegedy, "Batch normalization", 2015. As PyTorch's BatchNorm1d.
 */
export class BatchNorm extends Affine<BatchNormOptions> {
  static override readonly type = "BatchNorm";
  static override readonly rules = () => ({ ...normRules(), momentum: optional(share) });
  static override readonly traits = { couplesRows: "its mean and variance are those of the batch" };

  private runningMean!: Parameter; //     [1 × units]
  private runningVariance!: Parameter; // [1 × units]
  private xHat: Matrix | undefined; // saved by forward, [batch × units]
  private isTraining = false;
  private mean = new Float64Array(0); //    of each unit
  private inverse = new Float64Array(0); // 1 / √(σ² + ε) of each unit
  private sum = new Float64Array(0); //     of d, for backward
  private dot = new Float64Array(0); //     of d ∘ x̂, for backward

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const units = sizeOf(input);
    const fan = { fanIn: units, fanOut: units };
    this.runningMean = context.parameter("runningMean", 1, units, fan, zeros()).fixed();
    this.runningVariance = context.parameter("runningVariance", 1, units, fan, ones()).fixed();
    [this.mean, this.inverse] = [new Float64Array(units), new Float64Array(units)];
    [this.sum, this.dot] = [new Float64Array(units), new Float64Array(units)];
    return input;
  }

  override get parameters(): readonly Parameter[] {
    return this.isBuilt ? [...super.parameters, this.runningMean, this.runningVariance] : [];
  }

  /** y = γ ∘ (x − μ) / √(σ² + ε) + β */
  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    this.isTraining = training;
    const xHat = this.buffer("xHat", x.rows, x.cols);
    if (training && x.rows > 0) this.learn(x);
    else this.recall();
    const { mean, inverse } = this;
    const [from, to] = [x.data, xHat.data];
    for (let at = 0; at < from.length; at += x.cols) {
      for (let c = 0; c < x.cols; c++) to[at + c] = (from[at + c] - mean[c]) * inverse[c];
    }
    this.xHat = xHat;
    return this.scaled(xHat);
  }

  /** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) / √(σ² + ε) with d = dy ∘ γ, means over the batch; d / √(σ² + ε) by running ones */
  backward(dy: Matrix): Matrix {
    const xHat = this.saved(this.xHat, dy);
    const d = this.scaledBack(xHat, dy);
    const dx = this.buffer("dx", dy.rows, dy.cols);
    const { rows, cols } = dy;
    const { inverse, sum, dot } = this;
    const [from, hat, to] = [d.data, xHat.data, dx.data];
    sum.fill(0);
    dot.fill(0);
    for (let at = 0; this.isTraining && at < from.length; at += cols) {
      for (let c = 0; c < cols; c++) {
        sum[c] += from[at + c];
        dot[c] += from[at + c] * hat[at + c];
      }
    }
    for (let at = 0; at < from.length; at += cols) {
      for (let c = 0; c < cols; c++) {
        to[at + c] = (from[at + c] - sum[c] / rows - (hat[at + c] * dot[c]) / rows) * inverse[c];
      }
    }
    return dx;
  }

  /** Mean and variance of the batch, in two passes; the running ones follow where they are finite. */
  private learn({ rows, cols, data }: Matrix): void {
    const { mean, inverse } = this;
    const { momentum = 0.1, epsilon = 1e-5 } = this.options;
    const [means, variances] = [this.runningMean.value.data, this.runningVariance.value.data];
    mean.fill(0);
    inverse.fill(0);
    for (let at = 0; at < data.length; at += cols) for (let c = 0; c < cols; c++) mean[c] += data[at + c];
    for (let c = 0; c < cols; c++) mean[c] /= rows;
    for (let at = 0; at < data.length; at += cols) {
      for (let c = 0; c < cols; c++) inverse[c] += (data[at + c] - mean[c]) ** 2;
    }
    for (let c = 0; c < cols; c++) {
      const squares = inverse[c];
      inverse[c] = 1 / Math.sqrt(squares / rows + epsilon);
      if (!Number.isFinite(squares)) continue; // the loss will say so, and these are to be kept
      means[c] += momentum * (mean[c] - means[c]);
      if (rows > 1) variances[c] += momentum * (squares / (rows - 1) - variances[c]);
    }
  }

  private recall(): void {
    const { epsilon = 1e-5 } = this.options;
    const [means, variances] = [this.runningMean.value.data, this.runningVariance.value.data];
    for (let c = 0; c < means.length; c++) {
      this.mean[c] = means[c];
      this.inverse[c] = 1 / Math.sqrt(variances[c] + epsilon);
    }
  }
}
