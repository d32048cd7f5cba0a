import type { Callback } from "../model/callbacks.js";
import { anything, callable, checkOptions, flag, optional, type Rule, text } from "../options.js";

/** A rule for each thing that a callback can have, so that a new one is not forgotten here. */
const rules = (): Record<keyof Callback, Rule> => {
  const listener = optional(callable("a function"));
  return {
    ...{ name: optional(text), firstRankOnly: optional(flag), state: anything, resume: listener },
    ...{ onTrainBegin: listener, onEpochBegin: listener, onBatchEnd: listener },
    ...{ onEpochEnd: listener, onSafePoint: listener, onTrainEnd: listener },
  };
};

/**
 * A callback from functions: `lambda({ onEpochEnd: ({ epoch, logs }) => … })`. It is the same object, looked at before
 * training begins rather than when it does.
 * @throws ChainruleError for names that no callback has, and for what is no function
 */
export function lambda(handlers: Callback): Callback {
  checkOptions("lambda", handlers, rules());
  return handlers;
}
