import type { Matrix } from "../matrix.js";
import { expectSameWidth, type Metric, metricOf } from "./metric.js";

/**
 * The cosine of the angle between prediction and target, **p·t / (‖p‖·‖t‖)**, from −1 to 1, meaned over the rows; 0 for a
 * row where either is all zeros. NaN of no rows.
 * @throws ChainruleError for targets that are not as wide as the predictions
 */
export function cosineProximity(): Metric<"cosineProximity"> {
  return metricOf("cosineProximity", true, () => ({
    count: () => 2,
    row(sums, prediction, target, r, w) {
      expectSameWidth("cosineProximity", prediction, target);
      sums[0] += w * cosine(prediction, target, r);
      sums[1] += w;
    },
    value: ([sum, weight]) => sum / weight,
  }));
}

function cosine({ cols, data: p }: Matrix, { data: t }: Matrix, r: number): number {
  let [topP, topT] = [0, 0];
  for (let i = r * cols; i < (r + 1) * cols; i++) {
    topP = Math.max(topP, Math.abs(p[i]));
    topT = Math.max(topT, Math.abs(t[i]));
  }
  if (topP === 0 || topT === 0) return 0;
  let [pp, tt, pt] = [0, 0, 0];
  for (let i = r * cols; i < (r + 1) * cols; i++) {
    const [x, y] = [p[i] / topP, t[i] / topT]; // so that no square overflows or vanishes
    pp += x * x;
    tt += y * y;
    pt += x * y;
  }
  return Math.max(-1, Math.min(1, (pt / pp) * Math.sqrt(pp / tt)));
}
