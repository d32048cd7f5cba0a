import { describe, fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Total } from "../losses/loss.js";
import type { Parameter } from "../parameter.js";

/** What the regularizers add to the mean loss; with `gradients`, their derivatives are added too. */
export function parameterPenalty(parameters: readonly Parameter[], gradients: boolean): number {
  let sum = 0;
  for (const parameter of parameters) {
    const { name, regularizer, trainable, value } = parameter;
    if (regularizer === undefined) continue;
    const penalty = gradients && trainable ? regularizer(value, parameter.grad) : regularizer(value);
    if (!Number.isFinite(penalty)) fail("Training", `a finite penalty on ${name}`, describe(penalty));
    sum += penalty;
  }
  return sum;
}

/** The summed loss with what layers add to it. */
export function withPenalties(total: Total, layers: readonly Layer[]): Total {
  if (layers.length === 0) return total;
  return { ...total, sum: layers.reduce((sum, layer) => sum + layer.penalty, total.sum) };
}
