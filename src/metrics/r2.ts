import { addDeviation, DEVIATION } from "./deviations.js";
import { expectSameWidth, type Metric, metricOf } from "./metric.js";

const COLUMN = DEVIATION + 1;

/**
 * The coefficient of determination, **1 − Σ w·(p − t)² / Σ w·(t − mean t)²**, of each column, meaned over the columns:
 * 1 is perfect, 0 as good as the mean of the targets, and it has no lower end. A column of constant targets has 1 where
 * all predictions are right, else 0. NaN of no rows.
 * @throws ChainruleError for targets that are not as wide as the predictions
 */
export function r2(): Metric<"r2"> {
  return metricOf("r2", true, () => ({
    count: (columns) => 1 + COLUMN * columns,
    row(sums, prediction, target, r, w) {
      expectSameWidth("r2", prediction, target);
      const { cols } = prediction;
      for (let c = 0; c < cols; c++) {
        const [p, t] = [prediction.data[r * cols + c], target.data[r * cols + c]];
        addDeviation(sums, 1 + COLUMN * c, t, w, sums[0]);
        sums[1 + COLUMN * c + DEVIATION] += w * (p - t) ** 2;
      }
      sums[0] += w;
    },
    value(sums) {
      let total = 0;
      const columns = (sums.length - 1) / COLUMN;
      for (let c = 0; c < columns; c++) {
        const spread = sums[COLUMN * (c + 1) - 1];
        const missed = sums[COLUMN * (c + 1)];
        total += spread === 0 ? (missed === 0 ? 1 : 0) : 1 - missed / spread;
      }
      return total / columns;
    },
  }));
}
