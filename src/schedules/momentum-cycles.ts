import { type Named, named } from "../named.js";
import { checkOptions, fraction, integer, oneOf, optional } from "../options.js";
import { rise, type TriangleOptions, triangle, triangleRules } from "./cycles.js";
import type { Schedule } from "./schedule.js";

export interface OneCycleMomentumOptions {
  /** The length of the cycle; the momentum stays at `high` behind it. */
  steps: number;
  /** The momentum where the rate is largest, in [0, 1). Default: 0.85. */
  low?: number;
  /** The momentum at the start and the end, in [0, 1). Default: 0.95. */
  high?: number;
  /** The share of the steps in which the momentum falls, in [0, 1). Default: 0.3. */
  warmupShare?: number;
  /** How the momentum goes from one to the next. Default: "cosine". */
  shape?: "cosine" | "linear";
}

/**
 * The momentum, or β₁, beside a rate that goes by `oneCycle` with the same `steps`, `warmupShare` and `shape`: from `high`
 * down to `low` at t = `warmupShare` · `steps` − 1, then up to `high` at t = `steps` − 1. As PyTorch's OneCycleLR.
 * L. Smith, "A disciplined approach to neural network hyper-parameters", 2018.
 */
export function oneCycleMomentum(options: OneCycleMomentumOptions): Named<Schedule> {
  checkOptions("oneCycleMomentum", options, {
    steps: integer(1),
    low: optional(fraction),
    high: optional(fraction),
    warmupShare: optional(fraction),
    shape: optional(oneOf("cosine", "linear")),
  });
  const { steps, low = 0.85, high = 0.95, warmupShare = 0.3, shape } = options;
  return named("oneCycleMomentum", options, rise({ steps, warmupShare, shape }, [high, low, high]));
}

export interface CyclicMomentumOptions extends TriangleOptions {
  /** The momentum where the rate is largest, in [0, 1). Default: 0.8. */
  low?: number;
  /** The momentum where the rate is smallest, in [0, 1). Default: 0.9. */
  high?: number;
}

/**
 * The momentum, or β₁, beside a rate that goes by `cyclic` with the same `up`, `down`, `mode` and `factor`:
 * `high` − (`high` − `low`) · triangle(t) · height(t). As PyTorch's CyclicLR.
 */
export function cyclicMomentum(options: CyclicMomentumOptions): Named<Schedule> {
  checkOptions("cyclicMomentum", options, {
    low: optional(fraction),
    high: optional(fraction),
    ...triangleRules(),
  });
  const { low = 0.8, high = 0.9 } = options;
  const share = triangle(options);
  return named("cyclicMomentum", options, (step) => high - (high - low) * share(step));
}
