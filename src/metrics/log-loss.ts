import { categoricalCrossEntropy, softmaxCrossEntropy } from "../losses/cross-entropy.js";
import { binaryCrossEntropy } from "../losses/elementwise.js";
import { lossMean } from "./loss-metric.js";
import type { Metric } from "./metric.js";

/**
 * The mean of −ln p of the wanted class, natural logarithms of at least −100. With two or more columns it is
 * categoricalCrossEntropy(), or softmaxCrossEntropy() of logits; with one column binaryCrossEntropy(), of logits in the
 * form that takes those. NaN of no rows.
 * @throws ChainruleError for targets that are no classes, for one column targets outside 0 to 1, and for probabilities
 * outside 0 to 1
 */
export function logLoss(): Metric<"logLoss"> {
  return {
    name: "logLoss",
    higherIsBetter: false,
    start(prediction) {
      const [binary, classes] =
        prediction === "logit"
          ? [binaryCrossEntropy({ fromLogits: true }), softmaxCrossEntropy()]
          : [binaryCrossEntropy(), categoricalCrossEntropy()];
      const total: typeof binary.total = (y, target, weight) =>
        (y.cols === 1 ? binary : classes).total(y, target, weight);
      return lossMean("logLoss", { total });
    },
  };
}
