import type { Matrix } from "./matrix.js";
import { type Named, named } from "./named.js";
import { checkOptions, nonNegative, optional } from "./options.js";

/**
 * A penalty on weights that is added to the loss once a step, after the gradient was divided: returns the penalty
 * and, where `grad` is given, adds its derivative there.
 */
export type Regularizer = (w: Matrix, grad?: Matrix) => number;

/** λ·Σ|w|;  derivative λ·sign(w). Default: λ 0.01. */
export function l1(options: { lambda?: number } = {}): Named<Regularizer> {
  checkOptions("l1", options, { lambda: optional(nonNegative) });
  const { lambda = 0.01 } = options;
  return named("l1", options, penalty(lambda, 0));
}

/** λ·Σw²;  derivative 2λ·w. Default: λ 0.01. */
export function l2(options: { lambda?: number } = {}): Named<Regularizer> {
  checkOptions("l2", options, { lambda: optional(nonNegative) });
  const { lambda = 0.01 } = options;
  return named("l2", options, penalty(0, lambda));
}

/** λ₁·Σ|w| + λ₂·Σw². Defaults: 0.01 each. */
export function l1l2(options: { l1?: number; l2?: number } = {}): Named<Regularizer> {
  checkOptions("l1l2", options, { l1: optional(nonNegative), l2: optional(nonNegative) });
  return named("l1l2", options, penalty(options.l1 ?? 0.01, options.l2 ?? 0.01));
}

function penalty(lambda1: number, lambda2: number): Regularizer {
  return (w, grad) => {
    let [absolute, square] = [0, 0];
    for (let i = 0; i < w.data.length; i++) {
      const x = w.data[i];
      absolute += Math.abs(x);
      square += x * x;
      if (grad !== undefined) grad.data[i] += lambda1 * Math.sign(x) + 2 * lambda2 * x;
    }
    return lambda1 * absolute + lambda2 * square;
  };
}
