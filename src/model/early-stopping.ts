import { didYouMean, fail } from "../errors.js";
import { checkOptions, finite, flag, integer, nonNegative, oneOf, optional, text } from "../options.js";
import type { Callback } from "./callbacks.js";
import { isHigherBetter } from "./direction.js";
import type { Sequential } from "./sequential.js";
import type { Weights } from "./weights.js";

export interface EarlyStoppingOptions {
  /** The name of the number to watch. Default: "validationLoss". */
  monitor?: string;
  /** How many epochs without improvement to wait. Default: 3. */
  patience?: number;
  /** How much better counts as better. Default: 0. */
  minDelta?: number;
  /** Whether smaller or larger is better. Default: as the metric says by `higherIsBetter`; of a loss smaller. */
  mode?: "min" | "max";
  /** A value that must be beaten for an epoch to count as better. Default: none. */
  baseline?: number;
  /** The first epoch that counts, from 0. Default: 0. */
  startFromEpoch?: number;
  /** Whether the model ends with the weights of its best epoch, however training ended. Default: true. */
  restoreBestWeights?: boolean;
}

/**
 * Ends training when a number has stopped improving, and gives the model the weights of its best epoch.
 * @throws ChainruleError in `fit` for a number that is not measured, or of which nobody says what is better
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  checkOptions("earlyStopping", options, {
    monitor: optional(text),
    patience: optional(integer(0)),
    minDelta: optional(nonNegative),
    mode: optional(oneOf("min", "max")),
    baseline: optional(finite),
    startFromEpoch: optional(integer(0)),
    restoreBestWeights: optional(flag),
  });
  const {
    monitor = "validationLoss",
    patience = 3,
    minDelta = 0,
    startFromEpoch = 0,
    restoreBestWeights = true,
  } = options;
  let larger: boolean;
  const improves = (value: number, than: number) =>
    larger ? value > than + minDelta : value < than - minDelta;

  let watched: Sequential<string> | undefined;
  let best: number;
  let bestWeights: Weights | undefined;
  let waited: number;
  return {
    name: "earlyStopping",
    get state() {
      return { numbers: { best, waited }, ...(bestWeights && { weights: bestWeights }) };
    },
    set state({ numbers, weights }) {
      [best, waited, bestWeights] = [numbers.best, numbers.waited, weights];
    },
    onTrainBegin({ model, history }) {
      if (watched !== undefined) {
        fail("earlyStopping", "one training at a time", "a second", "Make one for each model.");
      }
      expectMonitor(monitor, Object.keys(history));
      larger = isHigherBetter("earlyStopping", monitor, options.mode, model.metrics);
      best = options.baseline ?? (larger ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
      [watched, bestWeights, waited] = [model, undefined, 0];
    },
    onEpochEnd({ model, epoch, logs }) {
      if (epoch < startFromEpoch) return;
      waited++;
      if (improves(logs[monitor], best)) {
        best = logs[monitor];
        waited = 0;
        if (restoreBestWeights) bestWeights = model.getWeights();
      }
      if (waited > 0 && waited >= patience) return "stop";
    },
    onTrainEnd({ model }) {
      if (model !== watched) return;
      const weights = bestWeights;
      [watched, bestWeights] = [undefined, undefined];
      if (weights !== undefined) model.setWeights(weights);
    },
  };
}

function expectMonitor(monitor: string, known: readonly string[]): void {
  if (known.includes(monitor)) return;
  const hint = /^validation/.test(monitor)
    ? "Give fit `validation` or `validationSplit`."
    : didYouMean(monitor, known);
  fail("earlyStopping", `a number called ${JSON.stringify(monitor)}`, `only ${known.join(", ")}`, hint);
}
