/** A network that is measured, by its widths, and the rows of its data. */
export interface Subject {
  readonly name: string;
  readonly widths: readonly number[];
  readonly rows: number;
}

export const subjects: readonly Subject[] = [
  { name: "table", widths: [20, 32, 2], rows: 65_536 },
  { name: "digits", widths: [784, 128, 10], rows: 8192 },
  { name: "wide", widths: [784, 1024, 256, 10], rows: 4096 },
];

/** Rows of a step of one process alone. Weak scaling gives them to each rank, strong scaling four times as many to all. */
export const ROWS = 128;

/** How many parameters it has. */
export const parametersOf = ({ widths }: Subject): number =>
  widths.slice(1).reduce((sum, units, i) => sum + (widths[i] + 1) * units, 0);
