import type { Floats } from "../kernels/kernels.js";
import type { Name } from "../named.js";

/** A value of a row: what a file, a form or a database has. */
export type Cell = string | number | boolean | null | undefined;

/** A row as the user has it: `{ age: 3, city: "Rome" }`. Its own properties are its columns, each with a `Cell`. */
export type Row = object;

/** How a column becomes numbers, and, for targets, numbers become what was in the column. */
export interface Coder extends Name {
  /** The names of its numbers, to stand behind that of the column: "" for one, "=Rome" for a category. None before it has learned. */
  readonly parts: readonly string[] | undefined;
  /** All categories, where it has learned some. */
  readonly labels?: readonly string[] | undefined;
  /** How a number becomes another, where it is that simple and all is learned. */
  readonly line?: Line | undefined;
  /** Writes the numbers of a value over zeros, from `at` on. Returns what the value should have been, if it is something else. */
  encode(value: unknown, to: Floats, at: number): string | undefined;
  /** The value that these numbers, from `at` on, are nearest to. */
  decode(from: ArrayLike<number>, at: number): string | number;
  /** Begins to learn from the values of a column. */
  learner(): Learner;
}

/** y = (x − shift) / scale + start, with `fill` for x where there is nothing; behind it, with an indicator, 1 if there was nothing, else 0. */
export interface Line {
  readonly shift: number;
  readonly scale: number;
  readonly start: number;
  readonly fill?: number | undefined;
  readonly indicator?: boolean;
}

/** Looks at each value of a column once. */
export interface Learner {
  /** Returns what the value should have been, if it is something else. */
  add(value: unknown): string | undefined;
  /** The coder with what was learned as its options. Returns what there should have been, if that is too little. */
  done(): Coder | string;
}

/** Whether there is nothing in a cell. */
export const isMissing = (value: unknown): value is null | undefined | "" =>
  value === null || value === undefined || value === "" || Number.isNaN(value);

/** Where the largest of some numbers is; the first of equal ones. */
export function largest(from: ArrayLike<number>, at: number, count: number): number {
  let top = 0;
  for (let i = 1; i < count; i++) if (from[at + i] > from[at + top]) top = i;
  return top;
}
