import { type Named, named } from "../named.js";
import { checkOptions, integer, optional, positive } from "../options.js";
import { type Rate, rateAt, rateRule, type Schedule } from "./schedule.js";

/** ηₜ = η₀·(t + 1) / `steps` during the first `steps` steps, then `rate`, a number or a schedule, from its start. */
export function warmup(options: {
  /** How many steps the rate grows. */
  steps: number;
  /** What it grows to, and what follows: a number, or a schedule from its start. */
  rate: Rate;
}): Named<Schedule> {
  checkOptions("warmup", options, { steps: integer(1), rate: rateRule });
  const { steps, rate } = options;
  return named("warmup", options, (step) => {
    return step < steps ? (rateAt(rate, 0) * (step + 1)) / steps : rateAt(rate, step - steps);
  });
}

/**
 * ηₜ = `scale` · `units` ^ −½ · min(s ^ −½, s · `warmup` ^ −3⁄2), with s = t + 1: rises in `warmup` steps, then falls
 * with the root of the steps. Default: scale 1. A. Vaswani et al., "Attention is all you need", 2017.
 */
export function noam(options: {
  /** The width of the model. */
  units: number;
  /** How many steps the rate grows. */
  warmup: number;
  /** What it is multiplied by. Default: 1. */
  scale?: number;
}): Named<Schedule> {
  checkOptions("noam", options, { units: integer(1), warmup: integer(1), scale: optional(positive) });
  const { units, warmup: rising, scale = 1 } = options;
  return named("noam", options, (step) => {
    const s = step + 1;
    return (scale / Math.sqrt(units)) * Math.min(1 / Math.sqrt(s), s / (rising * Math.sqrt(rising)));
  });
}
