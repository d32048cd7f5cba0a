import { fail } from "./errors.js";
import type { Matrix } from "./matrix.js";
import { type Named, named } from "./named.js";
import { checkOptions, nonNegative as notNegative, optional, positive, type Rule } from "./options.js";

/** Changes weights [inputs × units] in place to what they are allowed to be, after a step. */
export type Constraint = (w: Matrix) => void;

/**
 * Each column, a unit's incoming weights, at most so long: w · min(1, `max` / ‖w‖). Columns of zeros stay. Default: max 2.
 * N. Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
 */
export function maxNorm(
  options: {
    /** The largest norm. Default: 2. */
    max?: number;
  } = {},
): Named<Constraint> {
  checkOptions("maxNorm", options, { max: optional(notNegative) });
  const { max = 2 } = options;
  return named("maxNorm", options, (w) => resizeColumns(w, (norm) => Math.min(norm, max)));
}

const share: Rule = {
  expected: "a number above 0, and at most 1",
  accepts: (v) => positive.accepts(v) && (v as number) <= 1,
};

/**
 * Each column's length drawn to the nearest in [`min`, `max`], by the share `rate` of the way:
 * w · (1 − rate + rate · clip(‖w‖) / ‖w‖). Columns of zeros stay. Defaults: min 0, max 1, rate 1. As Keras's MinMaxNorm.
 * @throws ChainruleError unless min ≤ max
 */
export function minMaxNorm(
  options: {
    /** The smallest norm. Default: 0. */
    min?: number;
    /** The largest norm. Default: 1. */
    max?: number;
    /** How far towards it a step goes: 1 is all the way. Default: 1. */
    rate?: number;
  } = {},
): Named<Constraint> {
  checkOptions("minMaxNorm", options, {
    min: optional(notNegative),
    max: optional(notNegative),
    rate: optional(share),
  });
  const { min = 0, max = 1, rate = 1 } = options;
  if (min > max) fail("minMaxNorm", "`min` of at most `max`", `${min} and ${max}`);
  const clip = (norm: number) => Math.min(Math.max(norm, min), max);
  return named("minMaxNorm", options, (w) => {
    resizeColumns(w, (norm) => (1 - rate) * norm + rate * clip(norm));
  });
}

/** No weight below 0: max(w, 0). */
export function nonNegative(): Named<Constraint> {
  return named("nonNegative", {}, ({ data }) => {
    for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i], 0);
  });
}

/** Each column of length 1: w / ‖w‖. Columns of zeros stay. */
export function unitNorm(): Named<Constraint> {
  return named("unitNorm", {}, (w) => resizeColumns(w, () => 1));
}

/** Gives each column that is not all 0 the length that is asked for; ‖w‖ = m·√Σ(w/m)², with m its largest |w|. */
function resizeColumns({ rows, cols, data }: Matrix, wanted: (norm: number) => number): void {
  for (let c = 0; c < cols; c++) {
    let [largest, squares] = [0, 0];
    for (let r = 0; r < rows; r++) largest = Math.max(largest, Math.abs(data[r * cols + c]));
    if (largest === 0) continue;
    for (let r = 0; r < rows; r++) squares += (data[r * cols + c] / largest) ** 2;
    const norm = largest * Math.sqrt(squares);
    const next = wanted(norm);
    if (next === norm) continue;
    for (let r = 0; r < rows; r++)
      data[r * cols + c] = (data[r * cols + c] / largest) * (next / Math.sqrt(squares));
  }
}
