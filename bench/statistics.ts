export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, x) => sum + Math.log(x), 0) / numbers.length);
}

/** The ratios of one contender's rates to another's, round by round: a machine that drifts drifts for both. */
export function ratios(ours: readonly number[], theirs: readonly number[]): readonly number[] {
  return ours.map((rate, round) => rate / theirs[round]);
}
