import { fail } from "./errors.js";
import type { Meaning } from "./losses/loss.js";
import type { Matrix } from "./matrix.js";

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
  /** Starts to gather; `prediction` says what the model puts out. */
  start(prediction: Meaning): Accumulator;
}

/**
 * The share of rows whose class was found. With two or more columns the largest wins, against one-hot rows or a column
 * of indices; with one column a probability above 0.5, or a logit above 0, means 1.
 */
export function accuracy(): Metric<"accuracy"> {
  return {
    name: "accuracy",
    start(prediction) {
      const threshold = prediction === "logit" ? 0 : 0.5;
      let [hits, weights] = [0, 0];
      return {
        add(y, target, weight) {
          const found = y.cols === 1 ? y.map((p) => (p > threshold ? 1 : 0)) : y.argmax("rows");
          const wanted = target.cols === 1 ? target : target.argmax("rows");
          if (y.cols > 1 && target.cols > 1 && target.cols !== y.cols) {
            fail("accuracy", `targets of 1 or ${y.cols} columns`, String(target.cols));
          }
          for (let r = 0; r < y.rows; r++) {
            const w = weight === undefined ? 1 : weight.data[r];
            weights += w;
            if (found.data[r] === wanted.data[r]) hits += w;
          }
        },
        value: () => hits / weights,
        get state() {
          return [hits, weights];
        },
        set state(numbers) {
          [hits, weights] = numbers;
        },
      };
    },
  };
}
