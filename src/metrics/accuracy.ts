import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { checkOptions, finite, integer, optional } from "../options.js";
import { boundary, classAt, isYesAt } from "./classes.js";
import { expectSameWidth, failState, type Metric, metricOf, type Sums } from "./metric.js";

/**
 * The share of rows whose class was found. With two or more columns the largest wins, against one-hot rows or a column
 * of indices; with one column a probability above 0.5, or a logit above 0, means 1. Beside targets of 1 and −1, as those
 * of hinge(), a value above 0 means 1, and −1 if not.
 * @throws ChainruleError for several columns against one that is no class index
 */
export function accuracy(): Metric<"accuracy"> {
  return {
    name: "accuracy",
    higherIsBetter: true,
    start(prediction, kind) {
      const isSign = kind === "sign";
      const threshold = prediction === "logit" || (prediction === "value" && isSign) ? 0 : 0.5;
      const no = isSign ? -1 : 0;
      let [hits, weights] = [0, 0];
      return {
        add(y, target, weight) {
          const found = y.cols === 1 ? y.map((p) => (p > threshold ? 1 : no)) : y.argmax("rows");
          const wanted = target.cols === 1 ? target : target.argmax("rows");
          if (y.cols > 1 && target.cols > 1 && target.cols !== y.cols) {
            fail("accuracy", `targets of 1 or ${y.cols} columns`, String(target.cols));
          }
          for (let r = 0; r < y.rows; r++) {
            const w = weight === undefined ? 1 : weight.data[r];
            if (w === 0) continue;
            if (y.cols > 1 && target.cols === 1) classAt("accuracy", y.cols, target, r, kind); // or it throws
            weights += w;
            if (found.data[r] === wanted.data[r]) hits += w;
          }
        },
        value: () => hits / weights,
        get state() {
          return [hits, weights];
        },
        set state(numbers) {
          if (numbers.length !== 2) failState("accuracy", "of 2 numbers", numbers.length);
          [hits, weights] = numbers;
        },
      };
    },
  };
}

/**
 * The share of right answers among all columns, each a yes or no of its own, with targets of 0 or 1, as wide. Default:
 * threshold 0.5, above which a probability means yes; logits are compared by their probabilities. NaN of no rows.
 * @throws ChainruleError for targets other than 0 and 1, or of another width
 */
export function binaryAccuracy(
  options: {
    /** The probability above which it is a yes. Default: 0.5. */
    threshold?: number;
  } = {},
): Metric<"binaryAccuracy"> {
  checkOptions("binaryAccuracy", options, { threshold: optional(finite) });
  return metricOf("binaryAccuracy", true, (meaning, kind) => {
    const isYes = boundary(meaning, kind, options.threshold);
    return share((y, target, r) => {
      expectSameWidth("binaryAccuracy", y, target);
      let hits = 0;
      for (let i = r * y.cols; i < (r + 1) * y.cols; i++) {
        if (isYes(y, i) === isYesAt("binaryAccuracy", target, i, kind)) hits++;
      }
      return hits / y.cols;
    });
  });
}

/**
 * The share of rows whose class is among the k with the largest predictions, against one-hot rows or a column of
 * indices. Of equal predictions the first counts as larger, so that topK({ k: 1 }) is accuracy(). Default: k 5.
 * NaN of no rows.
 * @throws ChainruleError for fewer than k columns, for a single one, or for targets that are no classes
 */
export function topK(
  options: {
    /** Among how many of the largest the class has to be. Default: 5. */
    k?: number;
  } = {},
): Metric<"topK"> {
  checkOptions("topK", options, { k: optional(integer(1)) });
  const { k = 5 } = options;
  return metricOf("topK", true, (_, kind) =>
    share((y, target, r) => {
      if (y.cols < Math.max(2, k)) {
        fail(
          "topK",
          `predictions of at least ${Math.max(2, k)} classes`,
          `${y.cols}`,
          "Choose a smaller `k`.",
        );
      }
      return rankOf(y, r, classAt("topK", y.cols, target, r, kind)) < k ? 1 : 0;
    }),
  );
}

/** How many classes come before this one. A NaN comes first, as in `argmax`. */
function rankOf({ cols, data }: Matrix, r: number, wanted: number): number {
  const score = (c: number) => data[r * cols + c];
  const x = score(wanted);
  let rank = 0;
  for (let c = 0; c < cols; c++) {
    const isEqual = score(c) === x || (Number.isNaN(score(c)) && Number.isNaN(x));
    const isAbove = score(c) > x || (Number.isNaN(score(c)) && !Number.isNaN(x));
    if (isAbove || (isEqual && c < wanted)) rank++;
  }
  return rank;
}

/** Σ w·s / Σ w of shares s of rows. */
function share(of: (prediction: Matrix, target: Matrix, r: number) => number): Sums {
  return {
    count: () => 2,
    row(sums, prediction, target, r, w) {
      sums[0] += w * of(prediction, target, r);
      sums[1] += w;
    },
    value: ([sum, weight]) => sum / weight,
  };
}
