/** How numbers are spread. */
export interface Histogram {
  readonly least: number;
  readonly largest: number;
  readonly mean: number;
  readonly deviation: number;
  /** How many numbers lie in each of equally wide bins from the least to the largest, in thousandths of the fullest. */
  readonly bins: readonly number[];
}

const BINS = 40;

/** The histogram of some numbers, those that are not finite aside; null where that leaves none. */
export function histogramOf(numbers: ArrayLike<number>): Histogram | null {
  let [least, largest, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i];
    if (!Number.isFinite(x)) continue;
    if (x < least) least = x;
    if (x > largest) largest = x;
    sum += x;
    count++;
  }
  if (count === 0) return null;
  const mean = sum / count;
  const counts = new Array<number>(largest > least ? BINS : 1).fill(0);
  const scale = counts.length / (largest - least);
  let squares = 0;
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i];
    if (!Number.isFinite(x)) continue;
    squares += (x - mean) * (x - mean);
    const bin = counts.length === 1 ? 0 : Math.min(counts.length - 1, Math.floor((x - least) * scale));
    counts[bin]++;
  }
  const fullest = Math.max(...counts);
  const bins = counts.map((n) => Math.ceil((1000 * n) / fullest));
  return { least, largest, mean, deviation: Math.sqrt(squares / count), bins };
}
