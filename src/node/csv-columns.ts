import { describe, didYouMean, fail } from "../errors.js";
import { found } from "./bad-rows.js";

/** What a column holds; a list of categories is read as their places in it, from 0. */
export type ColumnType = "number" | "integer" | "boolean" | "string" | readonly string[];

/** What a row has in a column. */
export type Value = number | string | boolean | null;

/** A column of a file: where it stands, and how its text is read. `read` returns a problem in words as an error. */
export interface Column {
  readonly name: string;
  readonly index: number;
  readonly isNumeric: boolean;
  read(text: string): number | string | boolean | Problem;
}

/** What a text should have been. */
export class Problem {
  constructor(
    readonly expected: string,
    readonly got: string,
  ) {}
}

/** The columns that are wanted, as the header has them. @throws ChainruleError for names that are missing or stand there twice */
export function columnsOf(
  who: string,
  header: readonly string[],
  types: Readonly<Record<string, ColumnType>> | undefined,
): Column[] {
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) fail(who, "a name for each column", `${JSON.stringify(twice)} twice`);
  if (header.includes("__proto__"))
    fail(who, "names that an object can have", '"__proto__"', "Rename the column.");
  const wanted =
    types === undefined ? header.map((name) => [name, "string"] as const) : Object.entries(types);
  return wanted.map(([name, type]) => {
    const index = header.indexOf(name);
    if (index >= 0) return { name, index, ...readerOf(who, name, type) };
    const advice =
      didYouMean(name, header) || `It has ${header.map((one) => JSON.stringify(one)).join(", ")}.`;
    return fail(who, `a column ${JSON.stringify(name)}`, "none of that name", advice);
  });
}

function readerOf(who: string, name: string, type: ColumnType): Pick<Column, "read" | "isNumeric"> {
  if (typeof type !== "string") return { read: categoryReader(who, name, type), isNumeric: true };
  if (!Object.hasOwn(readers, type)) {
    const known = `${Object.keys(readers).join(", ")}, or a list of categories`;
    fail(
      who,
      `\`columns.${name}\` to be one of ${known}`,
      describe(type),
      didYouMean(type, Object.keys(readers)),
    );
  }
  return { read: readers[type], isNumeric: type !== "string" };
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  1: true,
  0: false,
};

const readers: Readonly<Record<Exclude<ColumnType, readonly string[]>, Column["read"]>> = {
  number(text) {
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : new Problem("a finite number", found(text));
  },
  integer(text) {
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) ? value : new Problem("a whole number", found(text));
  },
  boolean(text) {
    const key = text.trim().toLowerCase();
    return Object.hasOwn(booleans, key) ? booleans[key] : new Problem("true or false", found(text));
  },
  string: (text) => text,
};

function categoryReader(who: string, name: string, categories: readonly string[]): Column["read"] {
  const isList = Array.isArray(categories) && categories.every((one) => typeof one === "string");
  if (!isList || new Set(categories).size !== categories.length || categories.length === 0) {
    fail(who, `\`columns.${name}\` to be a list of different categories`, describe(categories));
  }
  const places = new Map(categories.map((category, i) => [category, i]));
  const some = `${categories
    .slice(0, 8)
    .map((one) => JSON.stringify(one))
    .join(", ")}${categories.length > 8 ? " …" : ""}`;
  return (text) => places.get(text) ?? new Problem(`one of ${some}`, found(text));
}
