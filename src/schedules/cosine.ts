import { type Named, named } from "../named.js";
import { cosPi } from "../numeric/circle.js";
import { pow } from "../numeric/power.js";
import { checkOptions, integer, nonNegative, optional } from "../options.js";
import type { Schedule } from "./schedule.js";

/**
 * ηₜ = `final` + (`initial` − `final`) · (1 + cos(π t / `steps`)) / 2, then `final`. Default: final 0.
 * I. Loshchilov and F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017.
 */
export function cosineDecay(options: {
  /** The rate at step 0. */
  initial: number;
  /** After how many steps the end is reached. */
  steps: number;
  /** The rate from then on. Default: 0. */
  final?: number;
}): Named<Schedule> {
  checkOptions("cosineDecay", options, {
    initial: nonNegative,
    steps: integer(1),
    final: optional(nonNegative),
  });
  const { initial, steps, final = 0 } = options;
  const turn = (step: number) => cosPi(Math.min(step, steps) / steps);
  return named("cosineDecay", options, (step) => final + ((initial - final) * (1 + turn(step))) / 2);
}

/**
 * Cosine decay again and again: the n-th time, from 0, it goes from `initial` · `factor` ⁿ to `final` in
 * `steps` · `growth` ⁿ steps. As PyTorch's CosineAnnealingWarmRestarts for factor 1.
 * Defaults: final 0, growth 1 (a whole number), factor 1.
 * I. Loshchilov and F. Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017.
 */
export function cosineRestarts(options: {
  /** The rate at step 0. */
  initial: number;

  /** How long the first decay is. */
  steps: number;

  /** The rate at the end of each. Default: 0. */
  final?: number;

  /** How much longer each is than the one before. Default: 1. */
  growth?: number;

  /** What the rate at the start is multiplied by, each time. Default: 1. */
  factor?: number;
}): Named<Schedule> {
  checkOptions("cosineRestarts", options, {
    initial: nonNegative,
    steps: integer(1),
    final: optional(nonNegative),
    growth: optional(integer(1)),
    factor: optional(nonNegative),
  });
  const { initial, steps, final = 0, growth = 1, factor = 1 } = options;
  return named("cosineRestarts", options, (step) => {
    const { cycle, at, length } = cycleOf(step, steps, growth);
    const peak = initial * pow(factor, cycle);
    return final + ((peak - final) * (1 + cosPi(at / length))) / 2;
  });
}

/** Which cycle a step is in, from 0, how far, and how long the cycle is. */
function cycleOf(step: number, steps: number, growth: number) {
  if (growth === 1) return { cycle: Math.floor(step / steps), at: step % steps, length: steps };
  let [cycle, at, length] = [0, step, steps];
  for (; at >= length; cycle++) {
    at -= length;
    length *= growth;
  }
  return { cycle, at, length };
}
