import { addDeviation, DEVIATION, jointWeight } from "./deviations.js";
import { expectSameWidth, type Metric, metricOf } from "./metric.js";

/** The deviations of predictions, those of targets, and Σ w·dp·dt. */
const COLUMN = 2 * DEVIATION + 1;

/**
 * The linear correlation of predictions and targets, from −1 to 1, **Σ w·dp·dt / √(Σ w·dp² · Σ w·dt²)**, where d are
 * deviations from the means, of each column, meaned over the columns. NaN of no rows, and where predictions or targets of
 * a column are constant. K. Pearson, 1895.
 * @throws ChainruleError for targets that are not as wide as the predictions
 */
export function pearson(): Metric<"pearson"> {
  return metricOf("pearson", true, () => ({
    count: (columns) => 1 + COLUMN * columns,
    row(sums, prediction, target, r, w) {
      expectSameWidth("pearson", prediction, target);
      const { cols } = prediction;
      for (let c = 0; c < cols; c++) {
        const at = 1 + COLUMN * c;
        const dp = addDeviation(sums, at, prediction.data[r * cols + c], w, sums[0]);
        const dt = addDeviation(sums, at + DEVIATION, target.data[r * cols + c], w, sums[0]);
        sums[at + 2 * DEVIATION] += jointWeight(w, sums[0]) * dp * dt;
      }
      sums[0] += w;
    },
    value(sums) {
      let total = 0;
      const columns = (sums.length - 1) / COLUMN;
      for (let c = 0; c < columns; c++) {
        const at = 1 + COLUMN * c;
        const [pp, tt, pt] = [sums[at + 2], sums[at + DEVIATION + 2], sums[at + 2 * DEVIATION]];
        const correlation = (pt / pp) * Math.sqrt(pp / tt); // exactly 1 where they are equal
        total += Math.max(-1, Math.min(1, correlation));
      }
      return total / columns;
    },
  }));
}
