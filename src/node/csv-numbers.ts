import { didYouMean, fail } from "../errors.js";
import type { CsvOptions } from "./csv.js";
import type { Column } from "./csv-columns.js";
import { readBlocks } from "./csv-rows.js";

/** Rows of numbers, one after another: their inputs, and their targets. */
export interface NumberBlock {
  readonly rows: number;
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
}

const WHO = "csv";
/** How many rows there is room for at first. */
const FIRST = 4096;

/** Where inputs and targets stand among the values of a row. */
export class Sides {
  readonly x: number[] = [];
  readonly y: number[] = [];

  constructor(private readonly targets: readonly string[]) {}

  /** @throws ChainruleError unless all columns are numbers, the targets are among them, and an input is left */
  readonly start = (columns: readonly Column[]): void => {
    const names = columns.map(({ name }) => name);
    const missing = this.targets.find((name) => !names.includes(name));
    if (missing !== undefined) {
      const advice = didYouMean(missing, names);
      fail(WHO, `\`target\` to be one of ${names.join(", ")}`, JSON.stringify(missing), advice);
    }
    const worded = columns.find(({ isNumeric }) => !isNumeric);
    if (worded !== undefined) {
      const advice = 'Give it a type in `columns`, such as "number" or a list of categories.';
      fail(WHO, "columns of numbers to train on", `strings in ${JSON.stringify(worded.name)}`, advice);
    }
    for (const [i, name] of names.entries()) (this.targets.includes(name) ? this.y : this.x).push(i);
    if (this.x.length === 0)
      fail(WHO, "a column that is no target, to learn from", `only ${names.join(", ")}`);
  };
}

/** The rows of a CSV file as numbers, `size` of them at a time. A row with a missing value is bad. */
export async function* readNumbers(
  path: string,
  options: CsvOptions,
  targets: readonly string[],
  size: number,
): AsyncGenerator<NumberBlock> {
  const sides = new Sides(targets);
  let [rows, room] = [0, 0];
  let [x, y] = [new Float32Array(0), new Float32Array(0)];
  for await (const found of readBlocks(WHO, path, options, sides.start, true)) {
    for (const values of found) {
      if (rows === room) {
        room = Math.min(size, Math.max(FIRST, 2 * rows)); // a file may have far fewer rows than are asked for
        [x, y] = [resized(x, room * sides.x.length), resized(y, room * sides.y.length)];
      }
      let at = rows * sides.x.length;
      for (const i of sides.x) x[at++] = Number(values[i]);
      at = rows * sides.y.length;
      for (const i of sides.y) y[at++] = Number(values[i]);
      if (++rows < size) continue;
      yield { rows, x, y };
      [rows, room, x, y] = [0, 0, new Float32Array(0), new Float32Array(0)];
    }
  }
  if (rows > 0) {
    yield { rows, x: resized(x, rows * sides.x.length), y: resized(y, rows * sides.y.length) };
  }
}

/** The same numbers, as many as have room. */
function resized(data: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(length);
  result.set(data.subarray(0, length));
  return result;
}
