import { type Named, named } from "../named.js";
import { pow } from "../numeric/power.js";
import { checkOptions, integer, nonNegative, optional, positive, type Rule } from "../options.js";
import type { Schedule } from "./schedule.js";

/** ηₜ = `rate`, whatever the step. */
export function constantRate(options: {
  /** The rate, at all steps. */
  rate: number;
}): Named<Schedule> {
  checkOptions("constantRate", options, { rate: nonNegative });
  return named("constantRate", options, () => options.rate);
}

/** ηₜ = `initial` · `factor` ^ ⌊t / `every`⌋, as PyTorch's StepLR. `every` is counted in steps. */
export function stepDecay(options: {
  /** The rate at step 0. */
  initial: number;
  /** After how many steps it falls, each time. */
  every: number;
  /** What it is multiplied by then. */
  factor: number;
}): Named<Schedule> {
  checkOptions("stepDecay", options, { initial: nonNegative, every: integer(1), factor: nonNegative });
  const { initial, every, factor } = options;
  return named("stepDecay", options, (step) => initial * pow(factor, Math.floor(step / every)));
}

const milestonesRule: Rule = {
  expected: "a list of whole numbers of at least 1",
  accepts: (v) => Array.isArray(v) && v.every((step) => integer(1).accepts(step)),
};

/**
 * ηₜ = `initial` · `factor` ^ (how many `milestones` are at most t), as PyTorch's MultiStepLR. A milestone that is
 * there twice counts twice.
 * @throws ChainruleError unless the milestones are whole numbers of at least 1
 */
export function multiStepDecay(options: {
  /** The rate at step 0. */
  initial: number;

  /** The steps at which it falls. */
  milestones: readonly number[];

  /** What it is multiplied by then. */
  factor: number;
}): Named<Schedule> {
  checkOptions("multiStepDecay", options, {
    initial: nonNegative,
    milestones: milestonesRule,
    factor: nonNegative,
  });
  const { initial, factor } = options;
  const milestones = [...options.milestones];
  const passed = (step: number) => milestones.filter((milestone) => milestone <= step).length;
  return named("multiStepDecay", { ...options, milestones }, (step) => initial * pow(factor, passed(step)));
}

/** ηₜ = `initial` · `factor` ^ (t / `every`), as PyTorch's ExponentialLR. `every` is counted in steps; default: 1. */
export function exponentialDecay(options: {
  /** The rate at step 0. */
  initial: number;

  /** What it is multiplied by in `every` steps. */
  factor: number;

  /** Default: 1. */
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

/** ηₜ = `initial` / (1 + `decay` · t / `every`), as Keras's InverseTimeDecay. `every` is counted in steps. */
export function inverseTimeDecay(options: {
  /** The rate at step 0. */
  initial: number;

  /** In how many steps 1 / rate grows by decay / initial. */
  every: number;

  /** How fast it falls. */
  decay: number;
}): Named<Schedule> {
  checkOptions("inverseTimeDecay", options, { initial: nonNegative, every: positive, decay: nonNegative });
  const { initial, every, decay } = options;
  return named("inverseTimeDecay", options, (step) => initial / (1 + (decay * step) / every));
}

/**
 * ηₜ = `final` + (`initial` − `final`) · (1 − t / `steps`) ^ `power`, then `final`; a straight line for power 1.
 * Defaults: final 0, power 1. As PyTorch's PolynomialLR.
 */
export function polynomialDecay(options: {
  /** The rate at step 0. */
  initial: number;

  /** After how many steps the end is reached. */
  steps: number;

  /** The rate from then on. Default: 0. */
  final?: number;

  /** 1 is a straight line. Default: 1. */
  power?: number;
}): Named<Schedule> {
  checkOptions("polynomialDecay", options, {
    initial: nonNegative,
    steps: integer(1),
    final: optional(nonNegative),
    power: optional(positive),
  });
  const { initial, steps, final = 0, power = 1 } = options;
  const left = (step: number) => 1 - Math.min(step, steps) / steps;
  return named("polynomialDecay", options, (step) => final + (initial - final) * pow(left(step), power));
}
