import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, integer, oneOf, optional } from "../options.js";

export interface CalibrationOptions {
  /** Default: 10. */
  bins?: number;
  /** Bins of one width, or with as many rows each. Default: "uniform". */
  strategy?: "uniform" | "quantile";
}

/** Rows whose probability fell into one bin. */
export interface CalibrationBin {
  /** The mean probability that was predicted. */
  readonly predicted: number;
  /** The share of rows that were of the class. */
  readonly observed: number;
  readonly count: number;
}

export interface Calibration {
  /** Those with rows in them, by rising probability. */
  readonly bins: readonly CalibrationBin[];
  /** Σ count · |predicted − observed| / rows. M. Naeini et al., 2015. */
  readonly expectedError: number;
}

const WHO = "calibrationCurve";

/**
 * Whether probabilities mean what they say: of the rows with a predicted 0.7, seven in ten should be of the class. With
 * one column it is the probability of class 1; with several, that of the class that was predicted, against whether it
 * was right. `target`: 0 and 1, indices, or one-hot rows.
 * @throws ChainruleError for predictions outside [0, 1], and targets that do not fit
 */
export function calibrationCurve(
  prediction: Matrix,
  target: Matrix,
  options: CalibrationOptions = {},
): Calibration {
  checkOptions(WHO, options, {
    bins: optional(integer(1)),
    strategy: optional(oneOf("uniform", "quantile")),
  });
  const rows = outcomes(prediction, target).sort((a, b) => a.p - b.p);
  const { bins: count = 10, strategy = "uniform" } = options;
  const groups: Outcome[][] = Array.from({ length: count }, () => []);
  for (const [i, row] of rows.entries()) {
    const place =
      strategy === "uniform" ? Math.ceil(row.p * count) - 1 : Math.floor((i * count) / rows.length);
    groups[Math.max(0, place)].push(row);
  }
  const bins = groups.filter((group) => group.length > 0).map(binOf);
  const gaps = bins.map((bin) => bin.count * Math.abs(bin.predicted - bin.observed));
  return { bins, expectedError: gaps.reduce((sum, gap) => sum + gap, 0) / rows.length };
}

interface Outcome {
  readonly p: number;
  readonly isSo: boolean;
}

function binOf(group: readonly Outcome[]): CalibrationBin {
  const predicted = group.reduce((sum, { p }) => sum + p, 0) / group.length;
  return { predicted, observed: group.filter(({ isSo }) => isSo).length / group.length, count: group.length };
}

function outcomes(prediction: Matrix, target: Matrix): Outcome[] {
  if (!Matrix.isMatrix(prediction) || !Matrix.isMatrix(target)) {
    fail(
      WHO,
      "a Matrix of predictions and one of targets",
      describe(Matrix.isMatrix(prediction) ? target : prediction),
    );
  }
  if (prediction.rows !== target.rows) fail(WHO, `${prediction.rows} targets`, String(target.rows));
  if (target.cols !== 1 && target.cols !== prediction.cols) {
    fail(WHO, `targets of 1 or ${prediction.cols} columns`, String(target.cols));
  }
  const outside = prediction.data.find((p) => !(p >= 0 && p <= 1));
  if (outside !== undefined) {
    fail(WHO, "probabilities from 0 to 1", String(outside), "Apply Softmax or Sigmoid to logits first.");
  }
  const isBinary = prediction.cols === 1;
  const predicted = prediction.argmax("rows");
  const actual = target.cols === 1 ? target : target.argmax("rows");
  return Array.from({ length: prediction.rows }, (_, r) => {
    if (isBinary) return { p: prediction.data[r], isSo: actual.data[r] > 0.5 };
    return { p: prediction.at(r, predicted.data[r]), isSo: predicted.data[r] === actual.data[r] };
  });
}
