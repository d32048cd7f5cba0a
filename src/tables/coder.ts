import type { Name } from "../named.js";

/** A value of a row: what a file, a form or a database has. */
export type Cell = string | number | boolean | null | undefined;

/** A row as the user has it: `{ age: 3, city: "Rome" }`. */
export type Row = Readonly<Record<string, Cell>>;

/** How a column becomes numbers, and, for targets, numbers become what was in the column. */
export interface Coder extends Name {
  /** The names of its numbers, to stand behind that of the column: "" for one, "=Rome" for a category. None before it has learned. */
  readonly parts: readonly string[] | undefined;
  /** Writes the numbers of a value from `at` on. Returns what the value should have been, if it is something else. */
  encode(value: Cell, to: Float32Array, at: number): string | undefined;
  /** The value that these numbers, from `at` on, are nearest to. */
  decode(from: ArrayLike<number>, at: number): string | number;
  /** Begins to learn from the values of a column. */
  learner(): Learner;
}

/** Looks at each value of a column once. */
export interface Learner {
  /** Returns what the value should have been, if it is something else. */
  add(value: Cell): string | undefined;
  /** The coder with what was learned as its options. Returns what there should have been, if that is too little. */
  done(): Coder | string;
}

/** Whether there is nothing in a cell. */
export const isMissing = (value: Cell): value is null | undefined | "" =>
  value === null || value === undefined || value === "" || Number.isNaN(value);
