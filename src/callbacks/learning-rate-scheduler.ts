import type { Callback } from "../model/callbacks.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { callable, checkOptions, optional } from "../options.js";
import { rateAt, type Schedule } from "../schedules.js";
import { optimizerOf, optimizerRule, setRates } from "./optimizer.js";

export interface LearningRateSchedulerOptions {
  /** Default: the one that the model was compiled with. */
  optimizer?: Optimizer;
  /** The rate by the number of the epoch, from 0. */
  schedule: Schedule;
}

/**
 * η = `schedule`(epoch) during each epoch: for schedules that count epochs. One that counts steps is an optimizer's
 * `learningRate` itself. Rates of groups keep the ratio to η that the optimizer was made with. Those of the last epoch
 * stay when training is over.
 * @throws ChainruleError in `fit` where the schedule returns no finite number of at least 0
 */
export function learningRateScheduler(options: LearningRateSchedulerOptions): Callback {
  checkOptions("learningRateScheduler", options, {
    optimizer: optional(optimizerRule),
    schedule: callable("a schedule such as stepDecay({ … })"),
  });
  const { schedule } = options;
  let optimizer: Optimizer;
  return {
    onTrainBegin({ model }) {
      optimizer = optimizerOf("learningRateScheduler", model, options.optimizer);
    },
    onEpochBegin({ epoch }) {
      setRates("learningRateScheduler", optimizer, rateAt(schedule, epoch));
    },
  };
}
