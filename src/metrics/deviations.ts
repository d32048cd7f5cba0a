/** How many numbers `addDeviation` keeps. */
export const DEVIATION = 3;

/**
 * Σ w·(x − mean x)² by one more row, B. P. Welford, 1962; with weights, D. H. D. West, 1979. Returns x − mean x of the
 * rows before. At `at` stand the first x, the mean from there, and the sum: from the first x, since a large offset would
 * cost the mean its digits. `before`: the weight of the rows before.
 */
export function addDeviation(sums: Float64Array, at: number, x: number, w: number, before: number): number {
  if (before === 0) sums[at] = x;
  const d = x - sums[at] - sums[at + 1];
  sums[at + 1] += d * (w / (before + w));
  sums[at + 2] += jointWeight(w, before) * d * d;
  return d;
}

/** What the product of two deviations from the means before weighs in a sum by the new means: w·W / (W + w). */
export function jointWeight(w: number, before: number): number {
  return w * (before / (before + w));
}
