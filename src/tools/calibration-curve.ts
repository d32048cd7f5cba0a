import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, integer, oneOf, optional } from "../options.js";

export interface CalibrationOptions {
  /** Default: 10. */
  bins?: number;
  /** Bins of one width, or with as many rows each; rows of one probability stay together. Default: "uniform". */
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
 * @throws ChainruleError for predictions outside [0, 1], and targets that are no classes
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
  const groups = new Map<number, Outcome[]>(); // by rising place, and no longer than there are rows
  for (let first = 0, next = 0; first < rows.length; first = next) {
    const { p } = rows[first];
    while (next < rows.length && rows[next].p === p) next++;
    const middle = (first + next - 1) / 2; // rows of one probability go where the middle one does
    const place =
      strategy === "uniform" ? Math.ceil(p * count) - 1 : Math.floor((middle * count) / rows.length);
    const group = groups.get(Math.max(0, place)) ?? [];
    groups.set(Math.max(0, place), group);
    for (const row of rows.slice(first, next)) group.push(row);
  }
  const bins = [...groups.values()].map(binOf);
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
  if (prediction.rows === 0) fail(WHO, "at least one row", "none");
  if (target.cols !== 1 && target.cols !== prediction.cols) {
    fail(WHO, `targets of 1 or ${prediction.cols} columns`, String(target.cols));
  }
  const outside = prediction.data.find((p) => !(p >= 0 && p <= 1));
  if (outside !== undefined) {
    fail(WHO, "probabilities from 0 to 1", String(outside), "Apply Softmax or Sigmoid to logits first.");
  }
  const { rows, cols } = prediction;
  if (cols === 1) {
    return Array.from(prediction.data, (p, r) => ({ p, isSo: classOf(target, r, 2) === 1 }));
  }
  const predicted = prediction.argmax("rows").data;
  return Array.from({ length: rows }, (_, r) => ({
    p: prediction.at(r, predicted[r]),
    isSo: predicted[r] === classOf(target, r, cols),
  }));
}

/** The class of row r, of `count`: an index, or the place of the only 1. */
function classOf({ cols, data }: Matrix, r: number, count: number): number {
  const row = Array.from(data.subarray(r * cols, (r + 1) * cols));
  if (cols === 1) {
    const [index] = row;
    if (Number.isInteger(index) && index >= 0 && index < count) return index;
    const advice = "Count classes from 0, with a column of predictions for each, or one column for 0 and 1.";
    fail(WHO, `class indices from 0 to ${count - 1} as targets`, `${index} in row ${r}`, advice);
  }
  const others = row.filter((t) => t !== 0);
  if (others.length !== 1 || others[0] !== 1) {
    fail(WHO, "one-hot targets, a 1 in each row beside zeros", `[${shortened(row)}] in row ${r}`);
  }
  return row.indexOf(1);
}

const shortened = (row: readonly number[]) => row.slice(0, 8).join(", ") + (row.length > 8 ? ", …" : "");
