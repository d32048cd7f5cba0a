import { checkOptions, finite, optional } from "../options.js";
import { countMetric } from "./counts.js";
import type { Metric } from "./metric.js";

/**
 * The correlation of found and wanted classes, from −1 over 0, which chance gives, to 1:
 * **Σ (TP·TN − FP·FN) / √(Σ p·(s − p) · Σ t·(s − t))**, sums over the classes, where p rows were found to be of one, t
 * are of it, and s is all. 0 where all rows were found to be of one class, or are of one; NaN of no rows. For two classes
 * it is that of B. W. Matthews, 1975; for more, R_K of J. Gorodkin, 2004. Default: threshold 0.5, for one column.
 * @throws ChainruleError for targets that are no classes, or not 0 or 1 for one column
 */
export function matthews(
  options: {
    /** The probability above which one column is class 1. Default: 0.5. */
    threshold?: number;
  } = {},
): Metric<"matthews"> {
  checkOptions("matthews", options, { threshold: optional(finite) });
  return countMetric("matthews", options, (classes, s) => {
    let [covariance, foundSpread, wantedSpread] = [0, 0, 0];
    for (const { both, found, wanted } of classes) {
      const neither = s - found - wanted + both;
      covariance += both * neither - (found - both) * (wanted - both);
      foundSpread += found * (s - found);
      wantedSpread += wanted * (s - wanted);
    }
    if (foundSpread === 0 || wantedSpread === 0) return 0;
    return (covariance / foundSpread) * Math.sqrt(foundSpread / wantedSpread);
  });
}
