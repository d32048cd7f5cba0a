import type { Meaning } from "../losses/loss.js";
import { classifier } from "./classes.js";
import { type Metric, metricOf } from "./metric.js";

/** The weights of the rows of one class: those that were found to be of it, that are of it, and that are both. */
export interface ClassCount {
  readonly found: number;
  readonly wanted: number;
  readonly both: number;
}

/**
 * A metric of the counts of each class, and of the weight of all rows. With one column of predictions there is one
 * class, that of yes.
 */
export function countMetric<Name extends string>(
  name: Name,
  threshold: number | undefined,
  value: (classes: readonly ClassCount[], weight: number) => number,
): Metric<Name> {
  return metricOf(name, (meaning: Meaning) => {
    const classify = classifier(name, meaning, threshold);
    return {
      count: (columns) => 1 + 3 * columns,
      row(sums, prediction, target, r, w) {
        const [found, wanted] = classify(prediction, target, r);
        const first = prediction.cols === 1 ? 1 : 0;
        sums[0] += w;
        if (found >= first) sums[1 + 3 * (found - first)] += w;
        if (wanted >= first) sums[2 + 3 * (wanted - first)] += w;
        if (found === wanted && found >= first) sums[3 + 3 * (found - first)] += w;
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
