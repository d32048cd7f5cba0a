import type { Block } from "../kernels.js";
import { round } from "../reference/round.js";
import { expectSame } from "../sizes.js";
import { placesBeside } from "./module.js";
import { stepsFor } from "./step-exports.js";

// Steps by moving means, m = β₁·m + (1 − β₁)·g and most of them v = β₂·v + (1 − β₂)·g². In float32 every operation is rounded.

export interface Betas {
  readonly beta1: number;
  readonly beta2: number;
}

interface MomentStep extends Betas {
  /** What g is multiplied by. */
  readonly now: number;
  /** What m is multiplied by. */
  readonly next: number;
  readonly root: number;
  readonly epsilon: number;
}

/** w −= (now·g + next·m) / (√v / root + ε) */
export function moments(g: Block, m: Block, v: Block, w: Block, step: MomentStep): void {
  expectSame("moments", g, m, v, w);
  const { beta1, beta2, now, next, root, epsilon } = step;
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, m, v, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.moments(...places, g.rows * g.cols, beta1, 1 - beta1, beta2, 1 - beta2, now, next, root, epsilon);
    return;
  }
  const single = w.data instanceof Float32Array;
  const advance = meansOf(single, g, m, v, step);
  const [gradient, mean, square, weight] = [g.data, m.data, v.data, w.data];
  const [byG, byM] = [round(single, now), round(single, next)];
  const [by, more] = [round(single, root), round(single, epsilon)];
  for (let i = 0; i < weight.length; i++) {
    advance(i);
    const spread = round(single, round(single, round(single, Math.sqrt(square[i])) / by) + more);
    const sum = round(single, round(single, byG * gradient[i]) + round(single, byM * mean[i]));
    weight[i] -= round(single, sum / spread);
  }
}

/** w −= rate·m, times scale / (√v + ε) where scale is above 0 */
export function rectified(
  g: Block,
  m: Block,
  v: Block,
  w: Block,
  step: Betas & { readonly rate: number; readonly scale: number; readonly epsilon: number },
): void {
  expectSame("rectified", g, m, v, w);
  const { beta1, beta2, rate, scale, epsilon } = step;
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, m, v, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.rectified(...places, g.rows * g.cols, beta1, 1 - beta1, beta2, 1 - beta2, rate, scale, epsilon);
    return;
  }
  const single = w.data instanceof Float32Array;
  const advance = meansOf(single, g, m, v, step);
  const [mean, square, weight] = [m.data, v.data, w.data];
  const [e, s, more] = [round(single, rate), round(single, scale), round(single, epsilon)];
  for (let i = 0; i < weight.length; i++) {
    advance(i);
    const d = round(single, e * mean[i]);
    const factor = round(single, s / round(single, round(single, Math.sqrt(square[i])) + more));
    weight[i] -= s > 0 ? round(single, d * factor) : d;
  }
}

/** u = max(β₂·u, |g| + ε);  w −= rate·m / u */
export function adamax(
  g: Block,
  m: Block,
  u: Block,
  w: Block,
  { beta1, beta2, rate, epsilon }: Betas & { readonly rate: number; readonly epsilon: number },
): void {
  expectSame("adamax", g, m, u, w);
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, m, u, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.adamax(...places, g.rows * g.cols, beta1, 1 - beta1, beta2, rate, epsilon);
    return;
  }
  const single = w.data instanceof Float32Array;
  const [gradient, mean, largest, weight] = [g.data, m.data, u.data, w.data];
  const [keep, take, decay] = [round(single, beta1), round(single, 1 - beta1), round(single, beta2)];
  const [e, more] = [round(single, rate), round(single, epsilon)];
  for (let i = 0; i < weight.length; i++) {
    mean[i] = round(single, keep * mean[i]) + round(single, take * gradient[i]);
    largest[i] = Math.max(round(single, decay * largest[i]), round(single, Math.abs(gradient[i]) + more));
    weight[i] -= round(single, round(single, e * mean[i]) / largest[i]);
  }
}

/** w −= rate·(sign(β₁·m + (1 − β₁)·g) + decay·w), and then m = β₂·m + (1 − β₂)·g */
export function lion(
  g: Block,
  m: Block,
  w: Block,
  { beta1, beta2, rate, decay }: Betas & { readonly rate: number; readonly decay: number },
): void {
  expectSame("lion", g, m, w);
  const kernels = stepsFor(g);
  const places = kernels && placesBeside(g, g, m, w);
  if (kernels !== undefined && places !== undefined) {
    kernels.lion(...places, g.rows * g.cols, beta1, 1 - beta1, beta2, 1 - beta2, rate, decay);
    return;
  }
  const single = w.data instanceof Float32Array;
  const [gradient, mean, weight] = [g.data, m.data, w.data];
  const [b1, r1] = [round(single, beta1), round(single, 1 - beta1)];
  const [b2, r2] = [round(single, beta2), round(single, 1 - beta2)];
  const [e, lambda] = [round(single, rate), round(single, decay)];
  for (let i = 0; i < weight.length; i++) {
    const [x, old] = [gradient[i], mean[i]];
    const sign = Math.sign(round(single, round(single, b1 * old) + round(single, r1 * x)));
    weight[i] -= round(single, e * round(single, sign + round(single, lambda * weight[i])));
    mean[i] = round(single, b2 * old) + round(single, r2 * x);
  }
}

/** m = β₁·m + (1 − β₁)·g and v = β₂·v + (1 − β₂)·g², for number i */
function meansOf(
  single: boolean,
  g: Block,
  m: Block,
  v: Block,
  { beta1, beta2 }: Betas,
): (i: number) => void {
  const [gradient, mean, square] = [g.data, m.data, v.data];
  const [b1, r1] = [round(single, beta1), round(single, 1 - beta1)];
  const [b2, r2] = [round(single, beta2), round(single, 1 - beta2)];
  return (i) => {
    const x = gradient[i];
    mean[i] = round(single, b1 * mean[i]) + round(single, r1 * x);
    square[i] = round(single, b2 * square[i]) + round(single, round(single, r2 * x) * x);
  };
}
