import { meanAbsoluteError, meanSquaredError } from "../losses/elementwise.js";
import { lossMean, lossMetric } from "./loss-metric.js";
import { expectSameWidth, type Metric, metricOf } from "./metric.js";

/** The mean absolute error: Σ w·|p − t| / Σ w, meaned over the columns. Targets as wide as predictions; NaN of no rows. */
export function mae(): Metric<"mae"> {
  return lossMetric(meanAbsoluteError(), "mae");
}

/** The mean squared error: Σ w·(p − t)² / Σ w, meaned over the columns. Targets as wide as predictions; NaN of no rows. */
export function mse(): Metric<"mse"> {
  return lossMetric(meanSquaredError(), "mse");
}

/** The root of the mean squared error over all rows and columns: √mse. NaN of no rows. */
export function rmse(): Metric<"rmse"> {
  return {
    name: "rmse",
    higherIsBetter: false,
    start: () => lossMean("rmse", meanSquaredError(), Math.sqrt),
  };
}

/**
 * The mean absolute error as a share of the targets: Σ w·|p − t| / max(|t|, 2⁻⁵²) / Σ w, meaned over the columns. It is
 * not in per cent: 0.05 is 5 %. Targets near 0 make it huge. NaN of no rows.
 * @throws ChainruleError for targets that are not as wide as the predictions
 */
export function mape(): Metric<"mape"> {
  return metricOf("mape", false, () => ({
    count: () => 2,
    row(sums, prediction, target, r, w) {
      expectSameWidth("mape", prediction, target);
      const [{ cols, data: p }, { data: t }] = [prediction, target];
      let sum = 0;
      for (let i = r * cols; i < (r + 1) * cols; i++) {
        sum += Math.abs(p[i] - t[i]) / Math.max(Math.abs(t[i]), Number.EPSILON);
      }
      sums[0] += (w * sum) / cols;
      sums[1] += w;
    },
    value: ([sum, weight]) => sum / weight,
  }));
}
