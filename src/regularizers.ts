import type { Matrix } from "./matrix.js";
import { type Named, named } from "./named.js";
import { checkOptions, nonNegative, oneOf, optional } from "./options.js";

/**
 * A penalty on weights that is added to the loss once a step, after the gradient was divided: returns the penalty
 * and, where `grad` is given, adds its derivative there.
 */
export type Regularizer = (w: Matrix, grad?: Matrix) => number;

/** λ·Σ|w|;  derivative λ·sign(w). Default: λ 0.01. */
export function l1(
  options: {
    /** How much it counts. Default: 0.01. */
    lambda?: number;
  } = {},
): Named<Regularizer> {
  checkOptions("l1", options, { lambda: optional(nonNegative) });
  const { lambda = 0.01 } = options;
  return named("l1", options, penalty(lambda, 0));
}

/** λ·Σw²;  derivative 2λ·w. Default: λ 0.01. */
export function l2(
  options: {
    /** How much it counts. Default: 0.01. */
    lambda?: number;
  } = {},
): Named<Regularizer> {
  checkOptions("l2", options, { lambda: optional(nonNegative) });
  const { lambda = 0.01 } = options;
  return named("l2", options, penalty(0, lambda));
}

/** λ₁·Σ|w| + λ₂·Σw². Defaults: 0.01 each. */
export function l1l2(
  options: {
    /** How much absolute values count. Default: 0.01. */
    l1?: number;
    /** How much squares count. Default: 0.01. */
    l2?: number;
  } = {},
): Named<Regularizer> {
  checkOptions("l1l2", options, { l1: optional(nonNegative), l2: optional(nonNegative) });
  return named("l1l2", options, penalty(options.l1 ?? 0.01, options.l2 ?? 0.01));
}

/**
 * λ·‖WᵀW − I‖², the sum of squares, which draws the columns of W to length 1 and to right angles; derivative
 * 4λ·W(WᵀW − I). In mode "rows" λ·‖WWᵀ − I‖², derivative 4λ·(WWᵀ − I)W. Defaults: λ 0.01, mode "columns".
 * Choose the shorter side: more columns than rows cannot all be at right angles.
 * N. Bansal et al., "Can we gain more from orthogonality regularizations in training deep networks?", 2018.
 */
export function orthogonality(
  options: {
    /** How much it counts. Default: 0.01. */
    lambda?: number;
    /** What is to be orthogonal. Default: "columns". */
    mode?: "columns" | "rows";
  } = {},
): Named<Regularizer> {
  checkOptions("orthogonality", options, {
    lambda: optional(nonNegative),
    mode: optional(oneOf("columns", "rows")),
  });
  const { lambda = 0.01, mode = "columns" } = options;
  return named("orthogonality", options, (w, grad) => {
    const { count, length, index } = linesOf(w, mode);
    let sum = 0;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let error = a === b ? -1 : 0; // of the product of lines a and b
        for (let k = 0; k < length; k++) error += w.data[index(a, k)] * w.data[index(b, k)];
        sum += (a === b ? 1 : 2) * error * error;
        if (grad === undefined) continue;
        for (let k = 0; k < length; k++) {
          grad.data[index(a, k)] += 4 * lambda * error * w.data[index(b, k)];
          if (a !== b) grad.data[index(b, k)] += 4 * lambda * error * w.data[index(a, k)];
        }
      }
    }
    return lambda * sum;
  });
}

/** The columns or the rows of a matrix: how many, how long, and where the k-th number of the a-th is. */
function linesOf({ rows, cols }: Matrix, mode: "columns" | "rows") {
  return mode === "columns"
    ? { count: cols, length: rows, index: (a: number, k: number) => k * cols + a }
    : { count: rows, length: cols, index: (a: number, k: number) => a * cols + k };
}

function penalty(lambda1: number, lambda2: number): Regularizer {
  return (w, grad) => {
    const [values, g] = [w.data, grad?.data];
    let [absolute, square] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      const x = values[i];
      absolute += Math.abs(x);
      square += x * x;
      if (g !== undefined) g[i] += lambda1 * Math.sign(x) + 2 * lambda2 * x;
    }
    return lambda1 * absolute + lambda2 * square;
  };
}
