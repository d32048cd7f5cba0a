/** What `console.log` calls in Node, Deno and Bun for the text of an object. */
export const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** A side of more numbers than this is shown by its first and its last three. */
const MOST = 10;

interface Numbers {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
  readonly dtype: string;
}

/** A matrix as text. */
export class PrintedMatrix {
  /**
   * Its size, and its numbers in columns, as `console.log` shows them: four decimals each, or four digits and a power of ten
   * where these would say little. Of more than ten rows or columns, the first and the last three.
   */
  toString(this: Numbers): string {
    const { rows, cols, data, dtype } = this;
    const lines = shown(rows).map((r) => shown(cols).map((c) => data[r * cols + c]));
    const known = lines.flat().filter(Number.isFinite);
    const largest = Math.max(...known.map(Math.abs));
    const isWhole = known.every(Number.isInteger) && largest < 1e9;
    const write = (x: number | undefined) => {
      if (x === undefined) return "…";
      if (isWhole) return `${x}`;
      return largest < 1e-2 || largest >= 1e6 ? x.toExponential(3) : x.toFixed(4);
    };
    const texts = lines.map((line) => line.map(write));
    const width = (c: number) => Math.max(...texts.map((line) => line[c].length));
    const body = texts.map((line) => line.map((text, c) => `  ${text.padStart(width(c))}`).join(""));
    return [`Matrix [${rows} × ${cols}] ${dtype}`, ...body].join("\n");
  }

  [inspect](): string {
    return `${this}`;
  }
}

/** The numbers of the rows, or columns, that are shown; NaN stands for those between. */
function shown(length: number): number[] {
  if (length <= MOST) return [...Array(length).keys()];
  return [0, 1, 2, Number.NaN, length - 3, length - 2, length - 1];
}
