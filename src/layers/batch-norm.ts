import { ones, zeros } from "../initializers.js";
import {
  columnMoments,
  normalizeColumns,
  normalizedColumnsGradient,
} from "../kernels/catalogue/column-norms.js";
import { wideView } from "../kernels/catalogue/wide-view.js";
import type { Matrix } from "../matrix.js";
import { optional, type Rule } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Shape, sizeOf } from "../shape.js";
import { Affine, type NormOptions, normRules } from "./affine.js";
import type { Context } from "./context.js";
import { sharedColumnsGradient, sharedMoments } from "./shared-moments.js";

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
  private rows = 0; // of the batch, in all processes

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const units = sizeOf(input);
    const fan = { fanIn: units, fanOut: units };
    this.runningMean = context.parameter("runningMean", 1, units, fan, zeros()).fixed();
    this.runningVariance = context.parameter("runningVariance", 1, units, fan, ones()).fixed();
    return input;
  }

  /** Never: processes that train together take the mean and the variance of the whole batch. */
  override get couplesShards(): undefined {
    return undefined;
  }

  override get parameters(): readonly Parameter[] {
    return this.isBuilt ? [...super.parameters, this.runningMean, this.runningVariance] : [];
  }

  /** y = γ ∘ (x − μ) / √(σ² + ε) + β */
  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    this.isTraining = training;
    const { scaling } = this;
    const [means, inverses] = [this.wide("means"), this.wide("inverses")];
    this.xHat = this.buffer("xHat", x.rows, x.cols);
    const y = scaling.weight === undefined ? this.xHat : this.buffer("y", x.rows, x.cols);
    const { shards } = this.context.pending;
    this.rows = x.rows;
    if (training && shards !== undefined) this.rows = sharedMoments(x, shards, means, inverses);
    else if (training && x.rows > 0) columnMoments(x, means, inverses);
    if (training && this.rows > 0) this.learn(wideView(means), wideView(inverses));
    else this.recall(wideView(means), wideView(inverses));
    normalizeColumns(x, scaling, means, inverses, this.xHat, y);
    return y;
  }

  /** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) / √(σ² + ε) with d = dy ∘ γ, means over the batch; d / √(σ² + ε) by running ones */
  backward(dy: Matrix): Matrix {
    const xHat = this.saved(this.xHat, dy);
    const { scaling, isTraining, rows } = this;
    const dx = this.buffer("dx", dy.rows, dy.cols);
    const [inverses, sums, dots] = [this.wide("inverses"), this.wide("sums"), this.wide("dots")];
    const { shards } = this.context.pending;
    if (shards === undefined || !isTraining) {
      const gradients = this.gradients(0);
      normalizedColumnsGradient(dy, xHat, scaling.weight, gradients, inverses, isTraining, sums, dots, dx);
    } else {
      const gradients = (lane: number) => this.gradients(lane);
      sharedColumnsGradient(dy, xHat, scaling.weight, gradients, inverses, { shards, rows }, dx);
    }
    return dx;
  }

  /** Room for a float64 number for each unit, and up to the next four. */
  private wide(name: string): Matrix {
    return this.buffer(name, 1, 2 * 4 * Math.ceil(this.runningMean.value.cols / 4));
  }

  /** 1 / √(σ² + ε) takes the place of the sums of squares; the running moments follow where they are finite. */
  private learn(mean: Float64Array, inverse: Float64Array): void {
    const { momentum = 0.1, epsilon = 1e-5 } = this.options;
    const { rows } = this;
    const [runningMean, runningVariance] = [this.runningMean.value.data, this.runningVariance.value.data];
    for (let c = 0; c < runningMean.length; c++) {
      const squares = inverse[c];
      inverse[c] = 1 / Math.sqrt(squares / rows + epsilon);
      if (!Number.isFinite(squares)) continue; // the loss will say so, and these are to be kept
      runningMean[c] += momentum * (mean[c] - runningMean[c]);
      if (rows > 1) runningVariance[c] += momentum * (squares / (rows - 1) - runningVariance[c]);
    }
  }

  private recall(mean: Float64Array, inverse: Float64Array): void {
    const { epsilon = 1e-5 } = this.options;
    const [means, variances] = [this.runningMean.value.data, this.runningVariance.value.data];
    for (let c = 0; c < means.length; c++) {
      mean[c] = means[c];
      inverse[c] = 1 / Math.sqrt(variances[c] + epsilon);
    }
  }
}
