/** The weights of the rows of one score: those that are of the class, and the others. */
export interface Group {
  yes: number;
  no: number;
}

/**
 * Rows of weight, labels and scores, a score for each column. As many labels as columns say 1 or 0 for each; fewer, that
 * is one, is the number of the column that the row is of.
 */
export class ScoredRows {
  /** For each column the rows by falling scores. Only those that came since are out of order, which makes sorting quick. */
  private readonly orders: readonly number[][];
  private readonly width: number;

  constructor(
    readonly columns: number,
    private readonly labels: number,
    readonly numbers: number[] = [],
  ) {
    this.width = 1 + labels + columns;
    this.orders = Array.from({ length: columns }, () => []);
  }

  /** The numbers of one row. */
  push(weight: number, labels: readonly number[], scores: Iterable<number>): void {
    this.numbers.push(weight, ...labels);
    for (const score of scores) this.numbers.push(score);
  }

  /** Whether the numbers are some rows without a rest, or none of no columns. */
  get isWhole(): boolean {
    const { length } = this.numbers;
    return this.columns === 0 ? length === 0 : length > 0 && length % this.width === 0;
  }

  /** Rows of equal scores in a column, from the highest score on. */
  groups(column: number): Group[] {
    const { labels, numbers } = this;
    const isOfClasses = labels < this.columns;
    const groups: Group[] = [];
    let last = Number.NaN;
    for (const start of this.sorted(column)) {
      const score = numbers[start + 1 + labels + column];
      if (score !== last) groups.push({ yes: 0, no: 0 });
      last = score;
      const isYes = isOfClasses ? numbers[start + 1] === column : numbers[start + 1 + column] === 1;
      groups[groups.length - 1][isYes ? "yes" : "no"] += numbers[start];
    }
    return groups;
  }

  private sorted(column: number): readonly number[] {
    const { labels, numbers, width } = this;
    const order = this.orders[column];
    for (let start = order.length * width; start < numbers.length; start += width) order.push(start);
    const score = (start: number) => numbers[start + 1 + labels + column];
    return order.sort((a, b) => score(b) - score(a));
  }
}
