import { checkOptions, finite, flag, nonNegative, oneOf, optional } from "../options.js";
import { type ClassCount, countMetric } from "./counts.js";
import type { Metric } from "./metric.js";

/** How precision, recall and their means are taken over classes and rows. */
export interface PrecisionOptions {
  /**
   * With two or more columns: `"macro"`, the mean over the classes that occur, among the targets or the predictions;
   * `"weighted"`, that mean with each class by its share of the targets; `"micro"`, from the counts of all classes
   * together. Default: `"macro"`. One column has one class, that of yes.
   */
  average?: "macro" | "micro" | "weighted";
  /**
   * Whether columns are labels of their own, each with a target of 0 or 1, of which a row may have several, or none;
   * `"macro"` is then the mean over all of them. If not, two or more columns are classes. Default: false.
   */
  multiLabel?: boolean;
  /**
   * For one column, and for labels: the probability above which a prediction means yes, in logits as well. Default: 0.5.
   */
  threshold?: number;
}

const rules = () => ({
  average: optional(oneOf("macro", "micro", "weighted")),
  multiLabel: optional(flag),
  threshold: optional(finite),
});

/**
 * Of the rows that were found to be of a class, the share that is: TP / (TP + FP). 0 where none was found, NaN of no rows.
 * @throws ChainruleError for targets that are no classes, or not 0 or 1 for one column and for labels
 */
export function precision(options: PrecisionOptions = {}): Metric<"precision"> {
  checkOptions("precision", options, rules());
  return averaged("precision", options, ({ both, found }) => ratio(both, found));
}

/**
 * Of the rows that are of a class, the share that was found: TP / (TP + FN). 0 where there is none, NaN of no rows.
 * @throws ChainruleError for targets that are no classes, or not 0 or 1 for one column and for labels
 */
export function recall(options: PrecisionOptions = {}): Metric<"recall"> {
  checkOptions("recall", options, rules());
  return averaged("recall", options, ({ both, wanted }) => ratio(both, wanted));
}

/**
 * The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN). 0 where TP is, NaN of no rows.
 * @throws ChainruleError for targets that are no classes, or not 0 or 1 for one column and for labels
 */
export function f1(options: PrecisionOptions = {}): Metric<"f1"> {
  checkOptions("f1", options, rules());
  return averaged("f1", options, (count) => harmonic(count, 0.5));
}

/**
 * The harmonic mean of precision and recall, the latter with β² times the weight:
 * (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP). 0 where TP is, NaN of no rows. Default: beta 1.
 * C. J. van Rijsbergen, "Information Retrieval", 1979.
 * @throws ChainruleError for targets that are no classes, or not 0 or 1 for one column and for labels
 */
export function fBeta(
  options: PrecisionOptions & {
    /** β, from 0 on: how many times as much recall counts. Default: 1. */
    beta?: number;
  } = {},
): Metric<"fBeta"> {
  checkOptions("fBeta", options, { ...rules(), beta: optional(nonNegative) });
  const { beta = 1 } = options;
  const recallShare = 1 / (1 + 1 / (beta * beta)); // β² / (1 + β²), which a large β² does not overflow
  return averaged("fBeta", options, (count) => harmonic(count, recallShare));
}

/** TP / (s·(TP + FN) + (1 − s)·(TP + FP)) */
function harmonic({ both, found, wanted }: ClassCount, recallShare: number): number {
  return ratio(both, recallShare * wanted + (1 - recallShare) * found);
}

const ratio = (a: number, b: number) => (b === 0 ? 0 : a / b);

function averaged<Name extends string>(
  name: Name,
  { average = "macro", ...options }: PrecisionOptions,
  score: (count: ClassCount) => number,
): Metric<Name> {
  return countMetric(name, options, (classes) => {
    if (classes.length === 1) return score(classes[0]);
    const total = (of: keyof ClassCount) => classes.reduce((sum, count) => sum + count[of], 0);
    if (average === "micro") {
      return score({ both: total("both"), found: total("found"), wanted: total("wanted") });
    }
    if (average === "weighted") {
      return ratio(
        classes.reduce((sum, count) => sum + count.wanted * score(count), 0),
        total("wanted"),
      );
    }
    const meaned = options.multiLabel ? classes : classes.filter(({ found, wanted }) => found + wanted > 0);
    return meaned.reduce((sum, count) => sum + score(count), 0) / meaned.length;
  });
}
