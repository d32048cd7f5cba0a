import type { AdamStep, Block } from "../kernels.js";
import { expectSame } from "../sizes.js";
import { round } from "./round.js";

/** v = μ·v + g */
export function momentum(single: boolean, g: Block, mu: number, v: Block): void {
  expectSame("momentum", g, v);
  const [gradient, velocity, decay] = [g.data, v.data, round(single, mu)];
  for (let i = 0; i < velocity.length; i++) velocity[i] = round(single, decay * velocity[i]) + gradient[i];
}

/** m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²;  w −= rate · m / (√v / root + ε) */
export function adam(single: boolean, g: Block, m: Block, v: Block, w: Block, step: AdamStep): void {
  expectSame("adam", g, m, v, w);
  const [gradient, mean, square, weight] = [g.data, m.data, v.data, w.data];
  const [beta1, beta2] = [round(single, step.beta1), round(single, step.beta2)];
  const [rest1, rest2] = [round(single, 1 - step.beta1), round(single, 1 - step.beta2)];
  const [rate, root, epsilon] = [
    round(single, step.rate),
    round(single, step.root),
    round(single, step.epsilon),
  ];
  for (let i = 0; i < weight.length; i++) {
    const gi = gradient[i];
    mean[i] = round(single, beta1 * mean[i]) + round(single, rest1 * gi);
    square[i] = round(single, beta2 * square[i]) + round(single, round(single, rest2 * gi) * gi);
    const spread = round(single, round(single, round(single, Math.sqrt(square[i])) / root) + epsilon);
    weight[i] -= round(single, round(single, rate * mean[i]) / spread);
  }
}
