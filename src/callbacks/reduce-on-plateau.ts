import { didYouMean, fail } from "../errors.js";
import type { Callback } from "../model/callbacks.js";
import { isHigherBetter } from "../model/direction.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { checkOptions, fraction, integer, nonNegative, oneOf, optional, text } from "../options.js";
import { changeRates, optimizerOf, optimizerRule } from "./optimizer.js";

export interface ReduceOnPlateauOptions {
  /** Default: the one that the model was compiled with. Its learning rates have to be numbers. */
  optimizer?: Optimizer;
  /** The name of the number to watch. Default: "validationLoss". */
  monitor?: string;
  /** What the rate is multiplied by, in [0, 1). Default: 0.1. */
  factor?: number;
  /** How many epochs without improvement to wait, as in earlyStopping. Default: 10. */
  patience?: number;
  /** How much better counts as better. Default: 0. */
  minDelta?: number;
  /** How many epochs after a reduction do not count. Default: 0. */
  cooldown?: number;
  /** The rate goes no lower. Default: 0. */
  minRate?: number;
  /** Whether smaller or larger is better. Default: as the metric says by `higherIsBetter`; of a loss smaller. */
  mode?: "min" | "max";
}

/**
 * η = max(`factor` · η, `minRate`) when a number has not improved for `patience` epochs, and so for each group's. As PyTorch's ReduceLROnPlateau
 * with an absolute threshold, but that its patience of n is n + 1 here. It goes on to the same bits when it is resumed.
 * @throws ChainruleError in `fit` for a number that is not measured, and for an optimizer that has a schedule
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Callback {
  checkOptions("reduceOnPlateau", options, {
    optimizer: optional(optimizerRule),
    monitor: optional(text),
    factor: optional(fraction),
    patience: optional(integer(0)),
    minDelta: optional(nonNegative),
    cooldown: optional(integer(0)),
    minRate: optional(nonNegative),
    mode: optional(oneOf("min", "max")),
  });
  const { monitor = "validationLoss", factor = 0.1, patience = 10 } = options;
  const { minDelta = 0, cooldown = 0, minRate = 0 } = options;
  let larger: boolean;
  const improves = (value: number, than: number) =>
    larger ? value > than + minDelta : value < than - minDelta;

  let optimizer: Optimizer;
  let best: number;
  let waited: number;
  let cooling: number; // epochs that do not count any more
  return {
    name: "reduceOnPlateau",
    get state() {
      return { numbers: { best, waited, cooling } };
    },
    set state({ numbers }) {
      ({ best, waited, cooling } = numbers as { best: number; waited: number; cooling: number });
    },
    onTrainBegin({ model, history }) {
      optimizer = optimizerOf("reduceOnPlateau", model, options.optimizer);
      expectMonitor(monitor, Object.keys(history));
      larger = isHigherBetter("reduceOnPlateau", monitor, options.mode, model.metrics);
      changeRates("reduceOnPlateau", optimizer, (rate) => rate); // refuses schedules
      best = larger ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      [waited, cooling] = [0, 0];
    },
    onEpochEnd({ logs }) {
      waited++;
      if (improves(logs[monitor], best)) [best, waited] = [logs[monitor], 0];
      if (cooling > 0) [cooling, waited] = [cooling - 1, 0];
      if (waited === 0 || waited < patience) return;
      changeRates("reduceOnPlateau", optimizer, (rate) => Math.min(rate, Math.max(factor * rate, minRate)));
      [waited, cooling] = [0, cooldown];
    },
  };
}

function expectMonitor(monitor: string, known: readonly string[]): void {
  if (known.includes(monitor)) return;
  const hint = /^validation/.test(monitor)
    ? "Give fit `validation` or `validationSplit`."
    : didYouMean(monitor, known);
  fail("reduceOnPlateau", `a number called ${JSON.stringify(monitor)}`, `only ${known.join(", ")}`, hint);
}
