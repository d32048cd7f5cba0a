import { describe, didYouMean, fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";
import { type Coder, type Learner, largest, type Row } from "./coder.js";

/** The columns of inputs, or of targets. */
export class Side {
  private readonly columns: readonly (readonly [string, Coder])[];
  private known: readonly string[] | undefined;

  constructor(
    private readonly option: string,
    coders: Readonly<Record<string, Coder>>,
  ) {
    this.columns = Object.entries(coders);
  }

  get isFitted(): boolean {
    return this.columns.every(([, { parts }]) => parts !== undefined);
  }

  /** A name for each number. */
  get names(): readonly string[] {
    this.known ??= this.columns.flatMap(([name, coder]) =>
      this.partsOf(name, coder).map((part) => name + part),
    );
    return this.known;
  }

  /** The categories of the only column, if it has some. */
  get labels(): readonly string[] | undefined {
    return this.columns.length === 1 ? this.columns[0][1].labels : undefined;
  }

  private partsOf(name: string, { parts }: Coder): readonly string[] {
    return (
      parts ??
      fail("Table", `\`${this.option}.${name}\` to have learned`, "none of it", "Call fit(rows) first.")
    );
  }

  learner() {
    const learners = this.columns.map(([name, coder]) => [name, learnerOf(coder)] as const);
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
            if (typeof coder !== "string") return [name, coder];
            return fail("Table.fit", `${coder} in column ${JSON.stringify(name)}`, "none");
          }),
        ),
    };
  }

  matrix(rows: readonly Row[], first: number, dtype: DType): Matrix {
    const x = Matrix.zeros(rows.length, this.names.length, dtype);
    const { data } = x;
    let at = 0;
    for (const [r, row] of rows.entries()) {
      for (const [name, coder] of this.columns) {
        const value = cellOf(row, name, first + r);
        const expected = coder.encode(value, data, at);
        if (expected !== undefined) refuse(expected, name, value, first + r);
        at += this.partsOf(name, coder).length;
      }
    }
    return x;
  }

  decode({ rows, cols, data }: Matrix): Record<string, string | number>[] {
    const { names, labels } = this;
    // A class may be predicted by a number for each.
    const isSpread = names.length === 1 && labels !== undefined && cols === labels.length;
    if (!isSpread && cols !== names.length) {
      const spread = names.length === 1 && labels ? ` or ${labels.length}` : "";
      fail("Table.decode", `predictions of ${names.length}${spread} numbers for ${names}`, String(cols));
    }
    const bad = data.findIndex(Number.isNaN);
    if (bad >= 0) fail("Table.decode", "numbers", `NaN in row ${Math.floor(bad / cols)}`);
    return Array.from({ length: rows }, (_, r) => {
      let at = r * cols;
      if (isSpread) return { [this.columns[0][0]]: labels[largest(data, at, cols)] };
      const entries = this.columns.map(([name, coder]) => {
        const value = coder.decode(data, at);
        at += this.partsOf(name, coder).length;
        return [name, value];
      });
      return Object.fromEntries(entries);
    });
  }
}

/** Looks at values; a coder that has nothing to learn stays as it is. */
function learnerOf(coder: Coder): Learner {
  if (coder.parts === undefined) return coder.learner();
  const codes = new Float32Array(coder.parts.length);
  return { add: (value) => coder.encode(value, codes, 0), done: () => coder };
}

/** What a row has in a column. @throws ChainruleError if it has no such column of its own */
function cellOf(row: Row, name: string, r: number): unknown {
  if (typeof row !== "object" || row === null)
    fail("Table", "rows that are objects", `${describe(row)} as row ${r}`);
  if (Object.hasOwn(row, name)) return (row as Record<string, unknown>)[name];
  const advice = didYouMean(name, Object.keys(row));
  return fail("Table", `a column ${JSON.stringify(name)}`, `none in row ${r}`, advice);
}

function refuse(expected: string, name: string, value: unknown, r: number): never {
  const advice =
    typeof value === "string" && expected === "a number"
      ? "Read texts of numbers as numbers: csv has `columns`."
      : "";
  return fail(
    "Table",
    `${expected} in column ${JSON.stringify(name)}`,
    `${describe(value)} in row ${r}`,
    advice,
  );
}
