import { type Named, named } from "../named.js";
import { cosPi } from "../numeric/circle.js";
import { pow } from "../numeric/power.js";
import { checkOptions, fraction, integer, nonNegative, oneOf, optional, positive } from "../options.js";
import type { Schedule } from "./schedule.js";

export interface OneCycleOptions {
  /** The largest rate. */
  peak: number;
  /** The length of the cycle; the rate stays at its last value behind it. */
  steps: number;
  /** The share of the steps in which the rate rises, in [0, 1). Default: 0.3. */
  warmupShare?: number;
  /** The first rate is `peak` / `initialDivisor`. Default: 25. */
  initialDivisor?: number;
  /** The last rate is the first / `finalDivisor`. Default: 10⁴. */
  finalDivisor?: number;
  /** How the rate goes from one to the next. Default: "cosine". */
  shape?: "cosine" | "linear";
}

/**
 * One cycle: from `peak` / `initialDivisor` up to `peak` at t = `warmupShare` · `steps` − 1, then down to
 * `peak` / `initialDivisor` / `finalDivisor` at t = `steps` − 1. As PyTorch's OneCycleLR, rates only: the momentum
 * stays. L. Smith and N. Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018.
 */
export function oneCycle(options: OneCycleOptions): Named<Schedule> {
  checkOptions("oneCycle", options, {
    peak: nonNegative,
    steps: integer(1),
    warmupShare: optional(fraction),
    initialDivisor: optional(positive),
    finalDivisor: optional(positive),
    shape: optional(oneOf("cosine", "linear")),
  });
  const { peak, steps, warmupShare = 0.3, initialDivisor = 25, finalDivisor = 1e4, shape } = options;
  const between = shape === "linear" ? line : halfWave;
  const [first, last] = [peak / initialDivisor, peak / initialDivisor / finalDivisor];
  const [top, end] = [warmupShare * steps - 1, steps - 1];
  return named("oneCycle", options, (step) => {
    if (step < top) return between(first, peak, step / top);
    return between(peak, last, (Math.min(step, end) - top) / (end - top));
  });
}

const line = (from: number, to: number, share: number) => from + (to - from) * share;

const halfWave = (from: number, to: number, share: number) => to + ((from - to) * (1 + cosPi(share))) / 2;

export interface CyclicOptions {
  /** The smallest rate. */
  low: number;
  /** The largest rate. */
  high: number;
  /** How many steps the rate rises. */
  up: number;
  /** How many steps it falls. Default: as many as it rises. */
  down?: number;
  /** Default: "triangular". */
  mode?: "triangular" | "triangular2" | "exponential";
  /** What the height is multiplied by at each step in mode "exponential". Default: 1. */
  factor?: number;
}

/**
 * ηₜ = `low` + (`high` − `low`) · triangle(t) · height(t): up in `up` steps, down in `down`, and again. The height is 1,
 * or ½ ⁿ in the n-th cycle, from 0, for "triangular2", or `factor` ᵗ for "exponential". As PyTorch's CyclicLR, rates only.
 * L. Smith, "Cyclical learning rates for training neural networks", 2017.
 * @throws ChainruleError for rates that are negative, and lengths that are no whole numbers of at least 1
 */
export function cyclic(options: CyclicOptions): Named<Schedule> {
  checkOptions("cyclic", options, {
    low: nonNegative,
    high: nonNegative,
    up: integer(1),
    down: optional(integer(1)),
    mode: optional(oneOf("triangular", "triangular2", "exponential")),
    factor: optional(nonNegative),
  });
  const { low, high, up, down = up, mode = "triangular", factor = 1 } = options;
  const length = up + down;
  const triangle = (at: number) => (at <= up ? at / up : (length - at) / down);
  const height = {
    triangular: () => 1,
    triangular2: (step: number) => pow(0.5, Math.floor(step / length)),
    exponential: (step: number) => pow(factor, step),
  }[mode];
  return named("cyclic", options, (step) => low + (high - low) * triangle(step % length) * height(step));
}
