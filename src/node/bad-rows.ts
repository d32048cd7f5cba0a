import { ChainruleError } from "../errors.js";
import type { Rule } from "../options.js";

/** A row of a file that is not what it should be. */
export interface BadRow {
  readonly file: string;
  /** The line where the row begins, from 1. */
  readonly line: number;
  /** The name of the column, if it is one column. */
  readonly column?: string;
  readonly expected: string;
  readonly got: string;
}

/** What happens to bad rows: an error, nothing, or they are handed to a function; reading goes on in the last two. */
export type OnBadRow = "throw" | "skip" | ((row: BadRow) => void);

export const onBadRowRule: Rule = {
  expected: 'one of "throw", "skip", or a function that takes the problem',
  accepts: (v) => v === "throw" || v === "skip" || typeof v === "function",
};

/** Does with a bad row what was asked for. @throws ChainruleError that says where it is, unless it is to be passed by */
export function reportBadRow(who: string, onBadRow: OnBadRow, row: BadRow): void {
  if (onBadRow === "skip") return;
  if (typeof onBadRow === "function") {
    onBadRow(row);
    return;
  }
  const { file, line, column, expected, got } = row;
  const where = `in ${JSON.stringify(file)}, line ${line}`;
  const inColumn = column === undefined ? "" : ` in column ${JSON.stringify(column)}`;
  const advice = 'Mend it, or pass it by with onBadRow: "skip".';
  throw new ChainruleError(`${who} expects ${expected}${inColumn}, but got ${got} ${where}. ${advice}`);
}

/** A found text in the words of an error, shortened. */
export const found = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
