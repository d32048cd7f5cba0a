import { describe, fail, size } from "../errors.js";
import type { Meaning, TargetKind } from "../losses/loss.js";
import { Matrix } from "../matrix.js";

/** A number that is gathered over batches, each row with its weight. */
export interface Accumulator {
  add(prediction: Matrix, target: Matrix, weight?: Matrix): void;
  value(): number;
  /** What was gathered so far, as numbers: so a checkpoint can be made in the midst of an epoch. */
  state?: readonly number[];
}

/** What to report beside the loss. `Name` becomes a key of the history and of what `evaluate` returns. */
export interface Metric<Name extends string = string> {
  readonly name: Name;
  /**
   * Whether a larger number means a better model, for those who watch it, such as earlyStopping. Default: not known, but
   * true for names that end in "accuracy".
   */
  readonly higherIsBetter?: boolean;
  /** Starts to gather; `prediction` says what the model puts out, `target` what targets are, by default values. */
  start(prediction: Meaning, target?: TargetKind): Accumulator;
}

/** Sums over rows, and the number that comes of them. */
export interface Sums {
  /** How many sums there are, by the columns of the predictions. */
  count(columns: number): number;
  /** Adds row r to the sums. It is not asked for rows that weigh nothing. */
  row(sums: Float64Array, prediction: Matrix, target: Matrix, r: number, weight: number): void;
  /** The metric, when at least one row was added. */
  value(sums: Float64Array): number;
}

/**
 * A metric that is made of a few sums, whose number the first batch decides. The state is the columns of the
 * predictions, then the sums; it is empty before the first row.
 */
export function metricOf<Name extends string>(
  name: Name,
  higherIsBetter: boolean,
  start: (prediction: Meaning, target?: TargetKind) => Sums,
): Metric<Name> {
  return {
    name,
    higherIsBetter,
    start(prediction, target) {
      const { count, row, value } = start(prediction, target);
      let columns = 0; // 0 before the first row
      let sums = new Float64Array(0);
      return {
        add(prediction, target, weight) {
          eachRow(name, columns, prediction, target, weight, (r, w) => {
            if (columns === 0) {
              columns = prediction.cols;
              sums = new Float64Array(count(columns));
            }
            row(sums, prediction, target, r, w);
          });
        },
        value: () => (columns === 0 ? Number.NaN : value(sums)),
        get state() {
          return columns === 0 ? [] : [columns, ...sums];
        },
        set state(numbers) {
          const length = numbers.length === 0 ? 0 : 1 + count(numbers[0]);
          if (numbers.length !== length) failState(name, `of ${length} numbers`, numbers.length);
          columns = numbers[0] ?? 0;
          sums = Float64Array.from(numbers.slice(1));
        },
      };
    },
  };
}

/**
 * Calls `add` for each row that weighs something.
 * @throws ChainruleError unless targets and weights fit the predictions, and those have `columns` columns, if not 0
 */
export function eachRow(
  name: string,
  columns: number,
  prediction: Matrix,
  target: Matrix,
  weight: Matrix | undefined,
  add: (r: number, w: number) => void,
): void {
  if (!Matrix.isMatrix(prediction) || !Matrix.isMatrix(target)) {
    const got = describe(Matrix.isMatrix(prediction) ? target : prediction);
    fail(name, "a Matrix of predictions and a Matrix of targets", got, "Use Matrix.from(rows).");
  }
  const { rows, cols } = prediction;
  if (target.rows !== rows) {
    fail(name, `a target for each of ${rows} predictions`, `${target.rows} targets`);
  }
  if (columns !== 0 && cols !== columns) {
    fail(name, `predictions of ${columns} columns in every batch`, `${cols} columns`);
  }
  if (weight !== undefined && (weight.rows !== rows || weight.cols !== 1)) {
    fail(name, `weights [${rows} × 1]`, size(weight));
  }
  for (let r = 0; r < rows; r++) {
    const w = weight === undefined ? 1 : weight.data[r];
    if (!(w >= 0 && w < Number.POSITIVE_INFINITY)) {
      fail(name, "finite weights of at least 0", String(w));
    }
    if (w !== 0) add(r, w);
  }
}

/** @throws ChainruleError unless there is one target for each number of a prediction */
export function expectSameWidth(name: string, prediction: Matrix, target: Matrix): void {
  if (target.cols !== prediction.cols) {
    const advice = "Check `units` of the last layer, and the targets.";
    fail(name, `targets as wide as the predictions, ${prediction.cols} columns`, String(target.cols), advice);
  }
}

/** Throws for a state that is not of this metric. */
export function failState(name: string, expected: string, got: number): never {
  fail(name, `a state ${expected}`, `${got} numbers`, "It is of another metric, or damaged.");
}
