import type { Batch } from "../data/dataset.js";
import type { Example } from "../data/pipeline/collate.js";
import { from } from "../data/pipeline/from.js";
import type { Pipeline } from "../data/pipeline.js";
import { describe, didYouMean, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, either, flag, integer, optional, type Rule, text } from "../options.js";
import { type OnBadRow, onBadRowRule } from "./bad-rows.js";
import type { Column, ColumnType, Value } from "./csv-columns.js";
import { readBlocks } from "./csv-rows.js";

export interface CsvOptions {
  /** Default: ",". */
  delimiter?: string;
  /** Whether the first line has the columns' names; or the names, where the file has none. Default: true. */
  header?: boolean | readonly string[];
  /** The columns to read, and what they hold. Default: all, as strings. */
  columns?: Readonly<Record<string, ColumnType>>;
  /** Texts that mean that there is nothing: such a value is `null`. Default: "" and "NA". */
  missing?: readonly string[];
  /** What happens to a row that is not as it should be. Default: "throw". */
  onBadRow?: OnBadRow;
  /** The most bytes that a row may have. Default: 1 MiB. */
  maxRowBytes?: number;
}

/** For training: rows of numbers, the targets apart. */
export interface CsvTrainingOptions extends CsvOptions {
  /** The column, or the columns, to predict; the inputs are the others of `columns`, in their order. */
  target: string | readonly string[];
  /** How many rows come at a time, as matrices: much faster than one by one. Default: one by one. */
  batchSize?: number;
}

const WHO = "csv";
const texts: Rule = {
  expected: "a list of texts",
  accepts: (v) => Array.isArray(v) && v.every((one) => typeof one === "string"),
};
const rules = () => ({
  delimiter: optional(text),
  header: optional(either(flag, texts)),
  columns: optional({ expected: "types by column", accepts: (v) => typeof v === "object" && v !== null }),
  missing: optional(texts),
  onBadRow: optional(onBadRowRule),
  maxRowBytes: optional(integer(1)),
  target: optional(either(text, texts)),
  batchSize: optional(integer(1)),
});

/**
 * The rows of a CSV file (RFC 4180; plain or gzip, UTF-8), read as they are wanted, in bounded memory: objects such as
 * `{ age: 3, city: "Rome" }`; with `target` examples `{ x, y }`, and with `batchSize` batches of matrices.
 * @throws ChainruleError for wrong options; and while it is read, for a file that cannot be read and rows that do not fit
 */
export function csv(path: string, options: CsvTrainingOptions & { batchSize: number }): Pipeline<Batch>;
export function csv(path: string, options: CsvTrainingOptions): Pipeline<Example>;
export function csv(path: string, options?: CsvOptions): Pipeline<Record<string, Value>>;
export function csv(path: string, options: CsvOptions & Partial<CsvTrainingOptions> = {}): Pipeline<unknown> {
  if (typeof path !== "string") fail(WHO, "the path of a file", describe(path));
  checkOptions(WHO, options, rules());
  const { target, batchSize } = options;
  if (target === undefined) {
    if (batchSize !== undefined) fail(WHO, "a `target` for batches", "none", "Name the column to predict.");
    return from(() => objects(path, options));
  }
  const targets = typeof target === "string" ? [target] : target;
  if (batchSize === undefined) return from(() => examples(path, options, targets));
  return from(() => batches(path, options, targets, batchSize));
}

/** Each row by the names of its columns. */
async function* objects(path: string, options: CsvOptions): AsyncGenerator<Record<string, Value>> {
  const names: string[] = [];
  const start = (columns: readonly Column[]) => void names.push(...columns.map(({ name }) => name));
  for await (const rows of readBlocks(WHO, path, options, start)) {
    for (const values of rows) {
      const row: Record<string, Value> = {};
      for (let i = 0; i < names.length; i++) row[names[i]] = values[i];
      yield row;
    }
  }
}

/** Where inputs and targets stand among the values of a row. */
class Sides {
  readonly x: number[] = [];
  readonly y: number[] = [];

  constructor(private readonly targets: readonly string[]) {}

  /** @throws ChainruleError unless all columns are numbers, and the targets are among them */
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
  };
}

async function* examples(
  path: string,
  options: CsvOptions,
  targets: readonly string[],
): AsyncGenerator<Example> {
  const sides = new Sides(targets);
  for await (const rows of readBlocks(WHO, path, options, sides.start, true)) {
    for (const values of rows) {
      const part = (places: readonly number[]) => places.map((i) => Number(values[i]));
      yield { x: part(sides.x), y: part(sides.y) };
    }
  }
}

async function* batches(
  path: string,
  options: CsvOptions,
  targets: readonly string[],
  size: number,
): AsyncGenerator<Batch> {
  const sides = new Sides(targets);
  let filled = 0;
  let [x, y] = [new Float32Array(0), new Float32Array(0)];
  const put = (to: Float32Array, places: readonly number[], values: readonly Value[]) => {
    for (let i = 0, at = filled * places.length; i < places.length; i++, at++)
      to[at] = Number(values[places[i]]);
  };
  const matrix = (data: Float32Array, { length }: readonly number[]) =>
    new Matrix(filled, length, data.subarray(0, filled * length));
  const batch = (): Batch => ({ x: matrix(x, sides.x), y: matrix(y, sides.y) });
  for await (const rows of readBlocks(WHO, path, options, sides.start, true)) {
    for (const values of rows) {
      if (filled === 0) {
        [x, y] = [new Float32Array(size * sides.x.length), new Float32Array(size * sides.y.length)];
      }
      put(x, sides.x, values);
      put(y, sides.y, values);
      if (++filled < size) continue;
      yield batch();
      filled = 0;
    }
  }
  if (filled > 0) yield batch();
}
