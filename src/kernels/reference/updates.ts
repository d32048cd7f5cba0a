import type { AdamStep, Block } from "../kernels.js";
import { expectInner, expectSame, expectSize } from "../sizes.js";
import { round } from "./round.js";

/** w += s·(g / divisor) */
export function descend(single: boolean, g: Block, divisor: number, s: number, w: Block): void {
  expectSame("descend", g, w);
  const [gradient, weight] = [g.data, w.data];
  const [by, scale] = [round(single, divisor), round(single, s)];
  for (let i = 0; i < weight.length; i++) weight[i] += round(single, scale * round(single, gradient[i] / by));
}

/** w += s·(xᵀ·dy / divisor), the sum of each number p ascending */
export function descendProduct(
  single: boolean,
  x: Block,
  dy: Block,
  divisor: number,
  s: number,
  w: Block,
): void {
  expectInner("descendProduct", x, x.rows, dy, dy.rows);
  expectSize("descendProduct", x.cols, dy.cols, w);
  const [m, k, n] = [x.cols, x.rows, dy.cols];
  const [left, right, weight] = [x.data, dy.data, w.data];
  const [by, scale] = [round(single, divisor), round(single, s)];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++)
        sum = round(single, sum + round(single, left[p * m + i] * right[p * n + j]));
      weight[i * n + j] += round(single, scale * round(single, sum / by));
    }
  }
}

/** v = μ·v + g */
export function momentum(single: boolean, g: Block, mu: number, v: Block): void {
  expectSame("momentum", g, v);
  const [gradient, velocity, decay] = [g.data, v.data, round(single, mu)];
  for (let i = 0; i < velocity.length; i++) velocity[i] = round(single, decay * velocity[i]) + gradient[i];
}

/** m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²;  w −= rate · m / (√v / root + ε), or √ of the `largest` v so far */
export function adam(
  single: boolean,
  g: Block,
  m: Block,
  v: Block,
  w: Block,
  step: AdamStep,
  largest?: Block,
): void {
  expectSame("adam", g, m, v, w);
  if (largest !== undefined) expectSame("adam", g, largest);
  const [gradient, mean, square, weight, most] = [g.data, m.data, v.data, w.data, largest?.data];
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
    if (most !== undefined) most[i] = Math.max(most[i], square[i]);
    const size = Math.sqrt(most === undefined ? square[i] : most[i]);
    const spread = round(single, round(single, round(single, size) / root) + epsilon);
    weight[i] -= round(single, round(single, rate * mean[i]) / spread);
  }
}
