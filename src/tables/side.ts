import { describe, didYouMean, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import type { Cell, Coder, Row } from "./coder.js";

/** The columns of inputs, or of targets. */
export class Side {
  private readonly columns: readonly (readonly [string, Coder])[];
  readonly isFitted: boolean;

  constructor(
    private readonly option: string,
    coders: Readonly<Record<string, Coder>>,
  ) {
    this.columns = Object.entries(coders);
    this.isFitted = this.columns.every(([, { parts }]) => parts !== undefined);
  }

  private known: readonly string[] | undefined;

  get names(): readonly string[] {
    this.known ??= this.columns.flatMap(([name, coder]) =>
      this.partsOf(name, coder).map((part) => name + part),
    );
    return this.known;
  }

  private partsOf(name: string, { parts }: Coder): readonly string[] {
    return (
      parts ??
      fail("Table", `\`${this.option}.${name}\` to have learned`, "none of it", "Call fit(rows) first.")
    );
  }

  learner() {
    const learners = this.columns.map(([name, coder]) => [name, coder.learner()] as const);
    return {
      add: (row: Row, r: number) => {
        for (const [name, learner] of learners) {
          const value = cellOf(row, name, r);
          const expected = learner.add(value);
          if (expected !== undefined) refuse(expected, name, value, r);
        }
      },
      done: () =>
        Object.fromEntries(
          learners.map(([name, learner]) => {
            const coder = learner.done();
            return [
              name,
              typeof coder === "string" ? fail("Table.fit", `${coder} in column "${name}"`, "none") : coder,
            ];
          }),
        ),
    };
  }

  matrix(rows: readonly Row[], first: number): Matrix {
    const width = this.names.length;
    const data = new Float32Array(rows.length * width);
    for (const [r, row] of rows.entries()) {
      let at = r * width;
      for (const [name, coder] of this.columns) {
        const value = cellOf(row, name, first + r);
        const expected = coder.encode(value, data, at);
        if (expected !== undefined) refuse(expected, name, value, first + r);
        at += this.partsOf(name, coder).length;
      }
    }
    return new Matrix(rows.length, width, data);
  }

  decode({ rows, cols, data }: Matrix): Record<string, string | number>[] {
    const { names } = this;
    // One column of classes is predicted by a number for each class.
    const [only] = this.columns;
    const classes =
      this.columns.length === 1 && "categories" in only[1].options
        ? (only[1].options.categories as string[])
        : [];
    const isSpread = names.length === 1 && cols > 1 && cols >= classes.length && classes.length > 0;
    if (!isSpread && cols !== names.length) {
      fail("Table.decode", `predictions of ${names.length} columns: ${names.join(", ")}`, String(cols));
    }
    return Array.from({ length: rows }, (_, r) => {
      if (isSpread) return { [only[0]]: only[1].decode([indexOfLargest(data, r * cols, cols)], 0) };
      let at = r * cols;
      const entries = this.columns.map(([name, coder]) => {
        const value = coder.decode(data, at);
        at += this.partsOf(name, coder).length;
        return [name, value] as const;
      });
      return Object.fromEntries(entries);
    });
  }
}

function indexOfLargest(data: ArrayLike<number>, start: number, count: number): number {
  let top = 0;
  for (let i = 1; i < count; i++) if (data[start + i] > data[start + top]) top = i;
  return top;
}

/** What a row has in a column. @throws ChainruleError if it has no such column of its own */
function cellOf(row: Row, name: string, r: number): Cell {
  if (typeof row !== "object" || row === null)
    fail("Table", "rows that are objects", `${describe(row)} as row ${r}`);
  if (Object.hasOwn(row, name)) return row[name];
  const advice = didYouMean(name, Object.keys(row));
  return fail("Table", `a column ${JSON.stringify(name)}`, `none in row ${r}`, advice);
}

function refuse(expected: string, name: string, value: Cell, r: number): never {
  const advice =
    typeof value === "string" && expected === "a number"
      ? "Texts of numbers have to be read as numbers: csv has `columns`."
      : "";
  return fail(
    "Table",
    `${expected} in column ${JSON.stringify(name)}`,
    `${describe(value)} in row ${r}`,
    advice,
  );
}
