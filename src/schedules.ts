import { describe, fail } from "./errors.js";
import { type Named, named } from "./named.js";
import { cosPi } from "./numeric/circle.js";
import { pow } from "./numeric/power.js";
import { callable, checkOptions, either, integer, nonNegative, optional, positive } from "./options.js";

/** A learning rate for every step: a function of the count of finished steps, from 0. */
export type Schedule = (step: number) => number;

/** What optimizers take as a learning rate: a number, or a schedule. */
export type Rate = number | Schedule;

/** The learning rate before step `step`: the number itself, or what the schedule says. */
export function rateAt(rate: Rate, step: number): number {
  const value = typeof rate === "number" ? rate : rate(step);
  if (!nonNegative.accepts(value)) {
    fail("A schedule", "to return a finite rate of at least 0", `${describe(value)} at step ${step}`);
  }
  return value;
}

/** ηₜ = `rate`, whatever the step. */
export function constantRate(options: { rate: number }): Named<Schedule> {
  checkOptions("constantRate", options, { rate: nonNegative });
  return named("constantRate", options, () => options.rate);
}

/** ηₜ = `initial` · `factor` ^ ⌊t / `every`⌋, as PyTorch's StepLR. `every` is counted in steps. */
export function stepDecay(options: { initial: number; every: number; factor: number }): Named<Schedule> {
  checkOptions("stepDecay", options, { initial: nonNegative, every: integer(1), factor: nonNegative });
  const { initial, every, factor } = options;
  return named("stepDecay", options, (step) => initial * pow(factor, Math.floor(step / every)));
}

/** ηₜ = `initial` · `factor` ^ (t / `every`), as PyTorch's ExponentialLR. `every` is counted in steps; default: 1. */
export function exponentialDecay(options: {
  initial: number;
  factor: number;
  every?: number;
}): Named<Schedule> {
  checkOptions("exponentialDecay", options, {
    initial: nonNegative,
    factor: nonNegative,
    every: optional(positive),
  });
  const { initial, factor, every = 1 } = options;
  return named("exponentialDecay", options, (step) => initial * pow(factor, step / every));
}

/**
 * ηₜ = `final` + (`initial` − `final`) · (1 + cos(π t / `steps`)) / 2, then `final`. Default: final 0.
 * I. Loshchilov and F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017.
 */
export function cosineDecay(options: { initial: number; steps: number; final?: number }): Named<Schedule> {
  checkOptions("cosineDecay", options, {
    initial: nonNegative,
    steps: integer(1),
    final: optional(nonNegative),
  });
  const { initial, steps, final = 0 } = options;
  const turn = (step: number) => cosPi(Math.min(step, steps) / steps);
  return named("cosineDecay", options, (step) => final + ((initial - final) * (1 + turn(step))) / 2);
}

/** ηₜ = η₀·(t + 1) / `steps` during the first `steps` steps, then `rate`, a number or a schedule, from its start. */
export function warmup(options: { steps: number; rate: Rate }): Named<Schedule> {
  const rates = either(nonNegative, callable("a schedule"));
  checkOptions("warmup", options, { steps: integer(1), rate: rates });
  const { steps, rate } = options;
  return named("warmup", options, (step) => {
    return step < steps ? (rateAt(rate, 0) * (step + 1)) / steps : rateAt(rate, step - steps);
  });
}
