import { noGroups, type ScoredRow, type ScoreGroups, withRows } from "./score-groups.js";

/**
 * Rows of weight, labels and scores, a score for each column. As many labels as columns say 1 or 0 for each; fewer, that
 * is one, is the number of the column that the row is of.
 */
export class ScoredRows {
  private readonly width: number;
  /** Of the first rows, up to `grouped` numbers: asked at every batch, a metric only puts the new rows among them. */
  private columnGroups: ScoreGroups[];
  private grouped = 0;

  constructor(
    readonly columns: number,
    private readonly labels: number,
    readonly numbers: number[] = [],
  ) {
    this.width = 1 + labels + columns;
    this.columnGroups = Array.from({ length: columns }, noGroups);
  }

  /** The numbers of one row. */
  push(weight: number, labels: readonly number[], scores: readonly number[]): void {
    this.numbers.push(weight);
    for (const label of labels) this.numbers.push(label);
    for (const score of scores) this.numbers.push(score);
  }

  /** Whether the numbers are some rows without a rest, or none of no columns. */
  get isWhole(): boolean {
    const { length } = this.numbers;
    return this.columns === 0 ? length === 0 : length > 0 && length % this.width === 0;
  }

  /** Rows by their scores, for each column. */
  groups(): readonly ScoreGroups[] {
    if (this.grouped < this.numbers.length) {
      this.columnGroups = this.columnGroups.map((groups, c) => withRows(groups, this.newRows(c)));
      this.grouped = this.numbers.length;
    }
    return this.columnGroups;
  }

  private newRows(column: number): ScoredRow[] {
    const { labels, numbers, width } = this;
    const isOfClasses = labels < this.columns;
    const rows: ScoredRow[] = [];
    for (let start = this.grouped; start < numbers.length; start += width) {
      const isYes = isOfClasses ? numbers[start + 1] === column : numbers[start + 1 + column] === 1;
      rows.push({ score: numbers[start + 1 + labels + column], weight: numbers[start], isYes });
    }
    return rows;
  }
}
