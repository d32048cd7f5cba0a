/** The differences of two lists of scores on the same folds, ours less theirs. */
export interface Paired {
  readonly ours: number;
  readonly theirs: number;
  readonly difference: number;
  /** s / √n, as if the folds were independent: too small, so the stricter one for "no worse". */
  readonly standardError: number;
  /**
   * s · √(1/n + test/train): the training sets of the folds overlap. C. Nadeau and Y. Bengio, "Inference for the
   * generalization error", 2003.
   */
  readonly correctedError: number;
  readonly verdict: "better" | "no worse" | "worse";
}

/** `folds`: how many each repetition has, so that test/train is 1 / (folds − 1). Beyond one standard error counts. */
export function paired(ours: readonly number[], theirs: readonly number[], folds: number): Paired {
  const differences = ours.map((score, i) => score - theirs[i]);
  const n = differences.length;
  const difference = mean(differences);
  const s = Math.sqrt(differences.reduce((sum, d) => sum + (d - difference) ** 2, 0) / (n - 1));
  const standardError = s / Math.sqrt(n);
  return {
    ours: mean(ours),
    theirs: mean(theirs),
    difference,
    standardError,
    correctedError: s * Math.sqrt(1 / n + 1 / (folds - 1)),
    verdict: difference < -standardError ? "worse" : difference > standardError ? "better" : "no worse",
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}
