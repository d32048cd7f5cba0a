import { type Named, named } from "../named.js";
import { cosPi } from "../numeric/circle.js";
import { pow } from "../numeric/power.js";
import {
  checkOptions,
  fraction,
  integer,
  nonNegative,
  oneOf,
  optional,
  positive,
  type Rules,
} from "../options.js";
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
 * `peak` / `initialDivisor` / `finalDivisor` at t = `steps` − 1. As PyTorch's OneCycleLR; beside it goes
 * `oneCycleMomentum`. L. Smith and N. Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018.
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
  const first = peak / initialDivisor;
  return named("oneCycle", options, rise({ steps, warmupShare, shape }, [first, peak, first / finalDivisor]));
}

/** From the first number to the second while `warmupShare` of the steps last, then to the third, and stays there. */
export function rise(
  {
    steps,
    warmupShare,
    shape,
  }: { steps: number; warmupShare: number; shape: "cosine" | "linear" | undefined },
  [first, top, last]: readonly [number, number, number],
): Schedule {
  const between = shape === "linear" ? line : halfWave;
  const [turn, end] = [warmupShare * steps - 1, steps - 1];
  return (step) => {
    if (step < turn) return between(first, top, step / turn);
    return between(top, last, (Math.min(step, end) - turn) / (end - turn));
  };
}

const line = (from: number, to: number, share: number) => from + (to - from) * share;

const halfWave = (from: number, to: number, share: number) => to + ((from - to) * (1 + cosPi(share))) / 2;

/** How a cycle goes up and down, and how it changes from one to the next. */
export interface TriangleOptions {
  /** How many steps the rate rises. */
  up: number;
  /** How many steps it falls. Default: as many as it rises. */
  down?: number;
  /** Default: "triangular". */
  mode?: "triangular" | "triangular2" | "exponential";
  /** What the height is multiplied by at each step in mode "exponential". Default: 1. */
  factor?: number;
}

export interface CyclicOptions extends TriangleOptions {
  /** The smallest rate. */
  low: number;
  /** The largest rate. */
  high: number;
}

/**
 * ηₜ = `low` + (`high` − `low`) · triangle(t) · height(t): up in `up` steps, down in `down`, and again. The height is 1,
 * or ½ ⁿ in the n-th cycle, from 0, for "triangular2", or `factor` ᵗ for "exponential". As PyTorch's CyclicLR; beside
 * it goes `cyclicMomentum`.  * L. Smith, "Cyclical learning rates for training neural networks", 2017.
 * @throws ChainruleError for rates that are negative, and lengths that are no whole numbers of at least 1
 */
export function cyclic(options: CyclicOptions): Named<Schedule> {
  checkOptions("cyclic", options, { low: nonNegative, high: nonNegative, ...triangleRules() });
  const { low, high } = options;
  const share = triangle(options);
  return named("cyclic", options, (step) => low + (high - low) * share(step));
}

export const triangleRules = (): Rules => ({
  up: integer(1),
  down: optional(integer(1)),
  mode: optional(oneOf("triangular", "triangular2", "exponential")),
  factor: optional(nonNegative),
});

/** triangle(t) · height(t) */
export function triangle({ up, down = up, mode = "triangular", factor = 1 }: TriangleOptions): Schedule {
  const length = up + down;
  const slope = (at: number) => (at <= up ? at / up : (length - at) / down);
  const height = {
    triangular: () => 1,
    triangular2: (step: number) => pow(0.5, Math.floor(step / length)),
    exponential: (step: number) => pow(factor, step),
  }[mode];
  return (step) => slope(step % length) * height(step);
}
