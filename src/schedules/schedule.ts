import { describe, fail } from "../errors.js";
import { callable, either, nonNegative, type Rule } from "../options.js";

/** A learning rate for every step: a function of the count of finished steps, from 0. */
export type Schedule = (step: number) => number;

/** What optimizers take as a learning rate: a number, or a schedule. */
export type Rate = number | Schedule;

/** The rule for an option that is a rate. */
export const rateRule: Rule = /* @__PURE__ */ either(nonNegative, /* @__PURE__ */ callable("a schedule"));

/**
 * The learning rate before step `step`: the number itself, or what the schedule says.
 * @throws ChainruleError for a schedule that returns no finite number of at least 0
 */
export function rateAt(rate: Rate, step: number): number {
  const value = typeof rate === "number" ? rate : rate(step);
  if (!nonNegative.accepts(value)) {
    fail("A schedule", "to return a finite rate of at least 0", `${describe(value)} at step ${step}`);
  }
  return value;
}
