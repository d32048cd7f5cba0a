import { fail } from "../errors.js";
import type { Metric } from "../metrics.js";
import { validationName } from "./history.js";

/**
 * Whether higher is better, of the number that is watched by this name: as `mode` says, or else as the metric does, in
 * training and in validation. A loss is better the smaller it is, and what is called an accuracy the larger.
 * @throws ChainruleError for a metric that does not say, without `mode`
 */
export function isHigherBetter(
  who: string,
  monitor: string,
  mode: "min" | "max" | undefined,
  metrics: readonly Metric[],
): boolean {
  if (mode !== undefined) return mode === "max";
  const metric = metrics.find(({ name }) => name === monitor || validationName(name) === monitor);
  if (metric === undefined) return false; // the loss
  if (metric.higherIsBetter !== undefined) return metric.higherIsBetter;
  if (/accuracy$/i.test(monitor)) return true;
  const advice = `Give ${who} \`mode\`: "min" or "max", or the metric \`higherIsBetter\`.`;
  return fail(who, `to know whether higher is better of ${JSON.stringify(monitor)}`, "no word of it", advice);
}
