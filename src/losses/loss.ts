import { fail, size } from "../errors.js";
import { Matrix } from "../matrix.js";

/** What the numbers of a prediction mean to a loss or a metric. */
export type Meaning = "value" | "probability" | "logit";

/** What targets are: classes (indices, or one row of shares each), as many numbers as predictions, or of those 1 and −1. */
export type TargetKind = "class" | "value" | "sign";

/** A sum over rows, and the weight that it is to be divided by. */
export interface Total {
  readonly sum: number;
  readonly weight: number;
}

/**
 * How wrong predictions are. `gradient` is that of the **sum** over rows, ∂(Σ wᵣ·lᵣ)/∂prediction, so that batches can
 * be cut and added up; whoever steps divides by the total weight.
 */
export interface Loss {
  /** What logs and errors call it. */
  readonly name: string;
  /** What a prediction holds. Default: values. */
  readonly prediction?: Meaning;
  /** What targets are. Default: values. */
  readonly target?: TargetKind;
  /** Why the loss of a batch is no sum over its rows, if it is none. */
  readonly couplesRows?: string;
  /** The layer whose output this loss expects, and the loss that takes that layer's input to the same effect. */
  readonly fused?: { readonly after: string; readonly loss: Loss };
  /** Whether row r of the targets is left out, of metrics too. Default: none is. */
  ignores?(target: Matrix, r: number): boolean;
  /** @throws ChainruleError where targets do not fit predictions of this many columns; `fit` asks before it starts. */
  checkTargets?(columns: number, target: Matrix): void;
  /**
   * Σ wᵣ·lᵣ and Σ wᵣ over the rows; a loss that counts rows unequally, as by class, sums wᵣ·cᵣ. `weight`: [rows × 1],
   * default all 1.
   */
  total(prediction: Matrix, target: Matrix, weight?: Matrix): Total;
  /** ∂(Σ wᵣ·lᵣ)/∂prediction, written into `into` where it is given. */
  gradient(prediction: Matrix, target: Matrix, weight?: Matrix, into?: Matrix): Matrix;
  /** Both at once, for predictions and targets that were checked already. Default: one after the other. */
  totalAndGradient?(prediction: Matrix, target: Matrix, weight: Matrix | undefined, into: Matrix): Total;
  /** Σ wᵣ·lᵣ / Σ wᵣ, the number that is reported. */
  mean(prediction: Matrix, target: Matrix, weight?: Matrix): number;
}

/** One row of a loss: its value, and, where `gradient` is given, its derivative times `weight`, written there. */
export type RowLoss = (
  prediction: Matrix,
  target: Matrix,
  row: number,
  weight: number,
  gradient?: Matrix,
) => number;

/** What a loss says of itself. */
export interface LossOptions
  extends Pick<Loss, "name" | "prediction" | "target" | "couplesRows" | "fused" | "ignores"> {
  /** @throws ChainruleError where targets do not fit predictions of this many columns */
  checkTargets(columns: number, target: Matrix): void;
  /** @throws ChainruleError where a prediction cannot be what the loss expects */
  checkPrediction?(prediction: Matrix): void;
  /** What row r counts for in the total weight, beside the weight that it is given: 0 leaves it out. Default: 1. */
  rowWeight?(target: Matrix, r: number): number;

  /** The formula for one row, and its derivative. */
  row: RowLoss;
}

/** A loss from its formula for one row. */
export function lossOf({ checkPrediction, row, rowWeight, ...about }: LossOptions): Loss {
  const check = (prediction: Matrix, target: Matrix, weight?: Matrix): void => {
    expectFit(about.name, prediction, target, weight);
    about.checkTargets(prediction.cols, target);
    checkPrediction?.(prediction);
  };
  /** wᵣ·cᵣ */
  const counts = (target: Matrix, r: number, w: number) =>
    rowWeight === undefined ? w : w * rowWeight(target, r);
  /** wᵣ·lᵣ, and its gradient: both 0 for a row that weighs nothing, though its loss may have overflowed. */
  const weighed: RowLoss = (prediction, target, r, w, gradient) => {
    if (w !== 0) return w * row(prediction, target, r, w, gradient);
    gradient?.data.fill(0, r * gradient.cols, (r + 1) * gradient.cols);
    return 0;
  };
  const gather = (prediction: Matrix, target: Matrix, weight?: Matrix, gradient?: Matrix): Total => {
    let [sum, weights] = [0, 0];
    for (let r = 0; r < prediction.rows; r++) {
      const w = weight === undefined ? 1 : weight.data[r];
      weights += counts(target, r, w);
      sum += weighed(prediction, target, r, w, gradient);
    }
    return { sum, weight: weights };
  };
  const total = (prediction: Matrix, target: Matrix, weight?: Matrix): Total => {
    check(prediction, target, weight);
    return gather(prediction, target, weight);
  };
  return {
    ...about,
    total,
    gradient(prediction, target, weight, into) {
      check(prediction, target, weight);
      const { rows, cols, dtype } = prediction;
      const gradient = into ?? Matrix.zeros(rows, cols, dtype);
      if (gradient.rows !== rows || gradient.cols !== cols) {
        fail(about.name, `a ${size(prediction)} matrix to write the gradient into`, size(gradient));
      }
      gather(prediction, target, weight, gradient);
      return gradient;
    },
    totalAndGradient(prediction, target, weight, into) {
      checkPrediction?.(prediction);
      return gather(prediction, target, weight, into);
    },
    mean(prediction, target, weight) {
      const { sum, weight: weights } = total(prediction, target, weight);
      return sum / weights;
    },
  };
}

function expectFit(name: string, prediction: Matrix, target: Matrix, weight?: Matrix): void {
  if (!Matrix.isMatrix(prediction) || !Matrix.isMatrix(target)) {
    fail(name, "a Matrix of predictions and a Matrix of targets", "something else", "Use Matrix.from(rows).");
  }
  if (prediction.rows !== target.rows) {
    fail(name, `a target for each of ${prediction.rows} predictions`, `${target.rows} targets`);
  }
  if (prediction.dtype !== target.dtype) {
    const advice = `Convert the targets with .as("${prediction.dtype}").`;
    fail(name, `${prediction.dtype} targets as the predictions are`, target.dtype, advice);
  }
  if (weight !== undefined && (weight.rows !== prediction.rows || weight.cols !== 1)) {
    fail(name, `weights [${prediction.rows} × 1]`, size(weight));
  }
}
