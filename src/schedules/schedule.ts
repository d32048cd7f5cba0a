import { describe, fail } from "../errors.js";
import { callable, either, fraction, nonNegative, type Rule } from "../options.js";

/** A learning rate for every step: a function of the count of finished steps, from 0. */
export type Schedule = (step: number) => number;

/** What optimizers take as a learning rate: a number, or a schedule. */
export type Rate = number | Schedule;

const schedule = /* @__PURE__ */ callable("a schedule");

/** The rule for an option that is a rate. */
export const rateRule: Rule = /* @__PURE__ */ either(nonNegative, schedule);

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

/** What optimizers take as a momentum, or as Adam's β₁: a number in [0, 1), or a schedule of such. */
export type Momentum = number | Schedule;

/** The rule for an option that is a momentum. */
export const momentumRule: Rule = /* @__PURE__ */ either(fraction, schedule);

/**
 * The momentum before step `step`: the number itself, or what the schedule says.
 * @throws ChainruleError for a schedule that returns no number in [0, 1)
 */
export function momentumAt(momentum: Momentum, step: number): number {
  const value = typeof momentum === "number" ? momentum : momentum(step);
  if (!fraction.accepts(value)) {
    fail("A schedule", `to return ${fraction.expected}`, `${describe(value)} at step ${step}`);
  }
  return value;
}
