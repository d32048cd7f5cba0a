import { fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Rule } from "../options.js";

/** The rule for an option that is an optimizer, of this or of another copy of the library. */
export const optimizerRule: Rule = {
  expected: "an optimizer such as new Adam()",
  accepts: (v) => typeof v === "object" && v !== null && "step" in v && "claim" in v && "learningRate" in v,
};

/** @throws ChainruleError unless the optimizer is the one that the model is compiled with */
export function expectAtWork(who: string, model: Sequential<string>, optimizer: Optimizer): void {
  if (optimizer === model.optimizer) return;
  fail(who, "the optimizer that the model is compiled with", "one that makes no steps");
}

/** The given one, or else the model's. @throws ChainruleError for one that trains another model */
export function optimizerOf(model: Sequential<string>, given: Optimizer | undefined): Optimizer {
  const optimizer = given ?? (model.optimizer as Optimizer); // there is one where there is training
  optimizer.claim(model);
  return optimizer;
}
