import type { Batch } from "../data/dataset.js";
import type { Example } from "../data/pipeline/collate.js";
import { from } from "../data/pipeline/from.js";
import type { Pipeline } from "../data/pipeline.js";
import { describe, fail } from "../errors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, either, flag, integer, optional, type Rule, text } from "../options.js";
import { type OnBadRow, onBadRowRule } from "./bad-rows.js";
import type { Column, ColumnType, Value } from "./csv-columns.js";
import { readNumbers, Sides } from "./csv-numbers.js";
import { readBlocks } from "./csv-rows.js";
import { readInThread } from "./csv-thread.js";

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
  /** Whether a thread of its own reads and parses batches while the model trains; it pays where a core is free. Default: false. */
  thread?: boolean;
}

const WHO = "csv";
/** About how many rows come from a thread at a time. */
const BLOCK = 1024;
const texts: Rule = {
  expected: "a list of texts",
  accepts: (v) => Array.isArray(v) && v.every((one) => typeof one === "string"),
};
const delimiters: Rule = {
  expected: "a text without quotes and line ends",
  accepts: (v) => typeof v === "string" && /^[^"\r\n]+$/.test(v),
};
const types: Rule = {
  expected: 'types by column, such as { age: "number" }',
  accepts: (v) =>
    typeof v === "object" &&
    v !== null &&
    !Array.isArray(v) &&
    Object.values(v).every(either(text, texts).accepts),
};
const rules = () => ({
  delimiter: optional(delimiters),
  header: optional(either(flag, texts)),
  columns: optional(types),
  missing: optional(texts),
  onBadRow: optional(onBadRowRule),
  maxRowBytes: optional(integer(1)),
  target: optional({
    expected: "the name of a column, or a list of some",
    accepts: (v) => text.accepts(v) || (texts.accepts(v) && (v as unknown[]).length > 0),
  }),
  batchSize: optional(integer(1)),
  thread: optional(flag),
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
  const { target, batchSize, thread, ...reading } = options;
  if (target === undefined) {
    if (batchSize !== undefined || thread !== undefined)
      fail(WHO, "a `target` for batches", "none", "Name the column to predict.");
    return from(() => objects(path, reading));
  }
  const targets = typeof target === "string" ? [target] : target;
  if (batchSize === undefined) {
    if (thread !== undefined) fail(WHO, "a `batchSize` for a `thread`", "none");
    return from(() => examples(path, reading, targets));
  }
  return from(() => batches(path, reading, targets, batchSize, thread));
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
  thread = false,
): AsyncGenerator<Batch> {
  const many = size * Math.max(1, Math.floor(BLOCK / size)); // a message to a thread costs more than a row
  const read = thread ? readInThread : readNumbers;
  for await (const { rows, x, y } of read(path, options, targets, many)) {
    const [inputs, outputs] = [x.length / rows, y.length / rows];
    for (let start = 0; start < rows; start += size) {
      const end = Math.min(start + size, rows);
      yield {
        x: new Matrix(end - start, inputs, x.subarray(start * inputs, end * inputs)),
        y: new Matrix(end - start, outputs, y.subarray(start * outputs, end * outputs)),
      };
    }
  }
}
