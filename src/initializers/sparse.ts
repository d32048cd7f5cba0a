import { type Named, named } from "../named.js";
import { checkOptions, nonNegative, optional, type Rule } from "../options.js";
import type { Initializer } from "./initializer.js";

const share: Rule = {
  expected: "a number from 0 to 1",
  accepts: (v) => nonNegative.accepts(v) && (v as number) <= 1,
};

/**
 * Normal with mean 0, but ⌈`sparsity` · rows⌉ numbers of each column, a unit's incoming weights, are 0; which ones is
 * random. Default: standardDeviation 0.01. J. Martens, "Deep learning via Hessian-free optimization", 2010.
 */
export function sparse(options: {
  /** The share of each unit's incoming weights that are 0. */
  sparsity: number;
  /** Of the other weights. Default: 0.01. */
  standardDeviation?: number;
}): Named<Initializer> {
  checkOptions("sparse", options, { sparsity: share, standardDeviation: optional(nonNegative) });
  const { sparsity, standardDeviation = 0.01 } = options;
  return named("sparse", options, ({ rows, cols, data }, _, random) => {
    for (let i = 0; i < data.length; i++) data[i] = standardDeviation * random.normal(i);
    const places = random.child("zeros");
    const zeros = Math.ceil(sparsity * rows);
    for (let c = 0; c < cols; c++) {
      for (const r of places.permutation(rows, c).subarray(0, zeros)) data[r * cols + c] = 0;
    }
  });
}
