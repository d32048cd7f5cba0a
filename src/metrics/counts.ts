import type { Matrix } from "../matrix.js";
import { boundary, type Classify, classifier, isYesAt } from "./classes.js";
import { expectSameWidth, type Metric, metricOf } from "./metric.js";

/** The weights of the rows of one class: those that were found to be of it, that are of it, and that are both. */
export interface ClassCount {
  readonly found: number;
  readonly wanted: number;
  readonly both: number;
}

/** What is counted. */
export interface CountOptions {
  threshold?: number | undefined;
  /** Whether every column is a class of its own, yes or no, and not one column of each row the class. Default: false. */
  multiLabel?: boolean | undefined;
}

/**
 * A metric of the counts of each class, and of the weight of all rows. With one column of predictions there is one
 * class, that of yes.
 */
export function countMetric<Name extends string>(
  name: Name,
  { threshold, multiLabel = false }: CountOptions,
  value: (classes: readonly ClassCount[], weight: number) => number,
): Metric<Name> {
  return metricOf(name, true, (meaning, kind) => {
    const isYes = boundary(meaning, kind, threshold);
    const addLabels = (sums: Float64Array, y: Matrix, target: Matrix, r: number, w: number) => {
      expectSameWidth(name, y, target);
      for (let c = 0; c < y.cols; c++) {
        const i = r * y.cols + c;
        count(sums, c, isYes(y, i), isYesAt(name, target, i, kind), w);
      }
    };
    const addClasses = classCounter(classifier(name, meaning, kind, threshold));
    return {
      count: (columns) => 1 + 3 * columns,
      row(sums, prediction, target, r, w) {
        (multiLabel ? addLabels : addClasses)(sums, prediction, target, r, w);
        sums[0] += w;
      },
      value(sums) {
        const classes = Array.from({ length: (sums.length - 1) / 3 }, (_, c) => ({
          found: sums[1 + 3 * c],
          wanted: sums[2 + 3 * c],
          both: sums[3 + 3 * c],
        }));
        return value(classes, sums[0]);
      },
    };
  });
}

/** Counts the one class of each row. */
const classCounter =
  (classify: Classify) => (sums: Float64Array, prediction: Matrix, target: Matrix, r: number, w: number) => {
    const [found, wanted] = classify(prediction, target, r);
    const first = prediction.cols === 1 ? 1 : 0;
    if (found >= first) count(sums, found - first, true, found === wanted, w);
    if (wanted >= first && wanted !== found) count(sums, wanted - first, false, true, w);
  };

/** Adds a row to the counts of class c. */
function count(sums: Float64Array, c: number, isFound: boolean, isWanted: boolean, w: number): void {
  if (isFound) sums[1 + 3 * c] += w;
  if (isWanted) sums[2 + 3 * c] += w;
  if (isFound && isWanted) sums[3 + 3 * c] += w;
}
