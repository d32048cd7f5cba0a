/** The distinct scores, falling, and the weights of the rows of each: those that are of the class, and the others. */
export interface ScoreGroups {
  readonly scores: Float64Array;
  readonly yes: Float64Array;
  readonly no: Float64Array;
}

/** A row of one column. */
export interface ScoredRow {
  readonly score: number;
  readonly weight: number;
  readonly isYes: boolean;
}

/** Groups of no rows. */
export const noGroups = (): ScoreGroups => groupsOf(0);

const groupsOf = (length: number): ScoreGroups => ({
  scores: new Float64Array(length),
  yes: new Float64Array(length),
  no: new Float64Array(length),
});

/**
 * The groups with more rows in them, in one pass. Weights add up in the order in which rows came, whatever the batches,
 * so that the bits are the same.
 */
export function withRows(groups: ScoreGroups, rows: readonly ScoredRow[]): ScoreGroups {
  const falling = [...rows].sort((a, b) => b.score - a.score);
  const all = groups.scores.length;
  const { scores, yes, no } = groupsOf(all + rows.length);
  let [from, length] = [0, 0];
  const copyUpTo = (end: number) => {
    scores.set(groups.scores.subarray(from, end), length);
    yes.set(groups.yes.subarray(from, end), length);
    no.set(groups.no.subarray(from, end), length);
    length += end - from;
    from = end;
  };
  for (const { score, weight, isYes } of falling) {
    let end = from;
    while (end < all && groups.scores[end] >= score) end++;
    copyUpTo(end);
    if (length === 0 || scores[length - 1] !== score) scores[length++] = score;
    (isYes ? yes : no)[length - 1] += weight;
  }
  copyUpTo(all);
  return {
    scores: scores.subarray(0, length),
    yes: yes.subarray(0, length),
    no: no.subarray(0, length),
  };
}
