import { exp, expm1 } from "../numeric/exponential.js";
import { log1p } from "../numeric/logarithm.js";
import type { Random } from "../random.js";

/** How wide a range around 0 has to be for a normal number to be in it more often than a uniform one is taken. */
const WIDE = 2.5066282746310002; // √(2π)

/**
 * The `index`-th number, normal with mean 0 and variance 1 under the condition that it is in [from, to]. Drawn until
 * one is taken, attempt by attempt in the step's place of the counter, so that the numbers do not depend on one another;
 * from the distribution of C. Robert, "Simulation of truncated normal variables", 1995, that takes one soonest.
 */
export function truncatedNormalAt(index: number, from: number, to: number, random: Random): number {
  if (to < 0) return -truncatedNormalAt(index, -to, -from, random);
  if (from > 0) return fromTail(index, from, to, random);
  return to - from > WIDE ? fromNormal(index, from, to, random) : fromUniform(index, from, to, random);
}

function fromNormal(index: number, from: number, to: number, random: Random): number {
  for (let attempt = 0; ; attempt++) {
    const z = random.normal(index, attempt);
    if (z >= from && z <= to) return z;
  }
}

/** A uniform number is taken with probability e^(−z²/2). */
function fromUniform(index: number, from: number, to: number, random: Random): number {
  for (let attempt = 0; ; attempt++) {
    const z = from + (to - from) * random.uniform(2 * index, attempt);
    if (random.uniform(2 * index + 1, attempt) < exp((-z * z) / 2)) return z;
  }
}

/** An exponential one of rate λ, cut at `to`, with probability e^((c − λ)²/2 − (z − λ)²/2), whose largest is 1 at z = c. */
function fromTail(index: number, from: number, to: number, random: Random): number {
  const rate = (from + Math.sqrt(from * from + 4)) / 2;
  const top = Math.min(rate, to);
  const share = -expm1(-rate * (to - from)); // of the uncut one that is below `to`
  for (let attempt = 0; ; attempt++) {
    const z = from - log1p(-share * random.uniform(2 * index, attempt)) / rate;
    const [best, here] = [top - rate, z - rate];
    if (random.uniform(2 * index + 1, attempt) < exp((best * best - here * here) / 2)) return z;
  }
}
