import type { Block } from "../kernels.js";
import { round } from "../reference/round.js";
import { expectSame } from "../sizes.js";
import { placesBeside } from "./module.js";
import { stepsFor } from "./step-exports.js";

// Steps by the size of the gradients so far. In float32 every operation is rounded.

/** s += g²;  w −= η·g / (√(initial + s) + ε) */
export function adagrad(g: Block, s: Block, w: Block, eta: number, initial: number, epsilon: number): void {
  expectSame("adagrad", g, s, w);
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, s, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.adagrad(...places, g.rows * g.cols, eta, initial, epsilon);
    return;
  }
  const single = w.data instanceof Float32Array;
  const [gradient, sum, weight] = [g.data, s.data, w.data];
  const [e, first, more] = [round(single, eta), round(single, initial), round(single, epsilon)];
  for (let i = 0; i < weight.length; i++) {
    const x = gradient[i];
    sum[i] += round(single, x * x);
    const root = round(single, Math.sqrt(round(single, first + sum[i])));
    weight[i] -= round(single, round(single, e * x) / round(single, root + more));
  }
}

/** v = ρ·v + (1 − ρ)·g²;  d = √((u + ε) / (v + ε))·g;  u = ρ·u + (1 − ρ)·d²;  w −= η·d */
export function adadelta(
  g: Block,
  v: Block,
  u: Block,
  w: Block,
  eta: number,
  rho: number,
  epsilon: number,
): void {
  expectSame("adadelta", g, v, u, w);
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, v, u, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.adadelta(...places, g.rows * g.cols, eta, rho, 1 - rho, epsilon);
    return;
  }
  const single = w.data instanceof Float32Array;
  const [gradient, square, moved, weight] = [g.data, v.data, u.data, w.data];
  const [e, more] = [round(single, eta), round(single, epsilon)];
  const [keep, take] = [round(single, rho), round(single, 1 - rho)];
  for (let i = 0; i < weight.length; i++) {
    const [x, old] = [gradient[i], moved[i]];
    square[i] = round(single, keep * square[i]) + round(single, round(single, take * x) * x);
    const ratio = round(single, round(single, old + more) / round(single, square[i] + more));
    const d = round(single, round(single, Math.sqrt(ratio)) * x);
    moved[i] = round(single, keep * old) + round(single, round(single, take * d) * d);
    weight[i] -= round(single, e * d);
  }
}

/** The numbers of a step of RMSprop. */
export interface RMSpropStep {
  readonly eta: number;
  readonly alpha: number;
  readonly mu: number;
  readonly epsilon: number;
}

/**
 * v = α·v + (1 − α)·g²;  d = g / (√v + ε);  w −= η·d. With a `mean`, mean = α·mean + (1 − α)·g and v − mean², at least 0,
 * stands in the place of v. With a `velocity` b, b = μ·b + d and w −= η·b.
 */
export function rmsprop(
  g: Block,
  v: Block,
  mean: Block | undefined,
  velocity: Block | undefined,
  w: Block,
  { eta, alpha, mu, epsilon }: RMSpropStep,
): void {
  expectSame("rmsprop", g, v, mean ?? w, velocity ?? w);
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, v, mean, velocity, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.rmsprop(...places, g.rows * g.cols, eta, alpha, 1 - alpha, mu, epsilon);
    return;
  }
  const single = w.data instanceof Float32Array;
  const [gradient, square, average, b, weight] = [g.data, v.data, mean?.data, velocity?.data, w.data];
  const [e, decay, more] = [round(single, eta), round(single, mu), round(single, epsilon)];
  const [keep, take] = [round(single, alpha), round(single, 1 - alpha)];
  for (let i = 0; i < weight.length; i++) {
    const x = gradient[i];
    square[i] = round(single, keep * square[i]) + round(single, round(single, take * x) * x);
    let variance = square[i];
    if (average !== undefined) {
      average[i] = round(single, keep * average[i]) + round(single, take * x);
      // A variance is not below 0, though rounding may say so.
      variance = Math.max(0, round(single, variance - round(single, average[i] * average[i])));
    }
    let d = round(single, x / round(single, round(single, Math.sqrt(variance)) + more));
    if (b !== undefined) d = b[i] = round(single, round(single, decay * b[i]) + d);
    weight[i] -= round(single, e * d);
  }
}
