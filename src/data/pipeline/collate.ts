import { describe, fail } from "../../errors.js";
import type { DType } from "../../kernels/kernels.js";
import { Matrix } from "../../matrix.js";
import type { Batch } from "../dataset.js";
import type { Stream } from "./run.js";

/** One or more numbers: a pixel, a row of them. */
export type Numbers = number | ArrayLike<number>;

/** A row of data by itself: inputs, targets, and how much it counts (default: 1). */
export interface Example {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly sampleWeight?: number;
}

/** What so many elements become together: examples a batch, rows of numbers a Matrix, anything else an array. */
export type Collated<T> = T extends Example ? Batch : T extends Numbers ? Matrix : T[];

/** How many, and in which numbers. */
export interface BatchOptions {
  /** Whether a last one that is smaller is left out. Default: false. */
  dropLast?: boolean;
  /** Of matrices. Default: "float32". */
  dtype?: DType;
}

/** So many elements at a time as one. */
export async function* batches<T>(
  stream: Stream<T>,
  size: number,
  { dropLast = false, dtype = "float32" }: BatchOptions,
): AsyncGenerator<Collated<T>> {
  let elements: T[] = [];
  let index = 0;
  for await (const element of stream) {
    if (elements.push(element) < size) continue;
    yield collate(elements, index, dtype);
    index += size;
    elements = [];
  }
  if (elements.length > 0 && !dropLast) yield collate(elements, index, dtype);
}

/** Elements as one; `first` is the number of the first of them. @throws ChainruleError that names an element that does not fit */
export function collate<T>(elements: readonly T[], first: number, dtype: DType): Collated<T> {
  const all: readonly unknown[] = elements;
  if (isExample(all[0])) return batchOf(all, first, dtype) as Collated<T>;
  return (isNumbers(all[0]) ? matrixOf("", all, first, dtype) : elements) as Collated<T>;
}

function batchOf(elements: readonly unknown[], first: number, dtype: DType): Batch {
  const examples = elements.map((element, i) => {
    return isExample(element) ? element : refuse(first + i, "an example { x, y }", element);
  });
  const part = (name: "x" | "y") =>
    matrixOf(
      `${name} of `,
      examples.map((one) => one[name]),
      first,
      dtype,
    );
  const batch = { x: part("x"), y: part("y") };
  if (examples.every(({ sampleWeight }) => sampleWeight === undefined)) return batch;
  const weights = examples.map(({ sampleWeight = 1 }) => sampleWeight);
  return { ...batch, sampleWeight: matrixOf("sampleWeight of ", weights, first, dtype) };
}

/** Rows, one for each element, all as wide as the first. */
function matrixOf(part: string, rows: readonly unknown[], first: number, dtype: DType): Matrix {
  const width = typeof rows[0] === "number" ? 1 : (rows[0] as ArrayLike<number>).length;
  const { data } = Matrix.zeros(rows.length, width, dtype);
  for (const [r, row] of rows.entries()) {
    if (width === 1 && typeof row === "number") data[r] = row;
    else if (!isNumbers(row) || typeof row === "number" || row.length !== width) {
      refuse(first + r, `${part}${width} numbers`, row);
    } else for (let c = 0; c < width; c++) data[r * width + c] = row[c];
  }
  return new Matrix(rows.length, width, data);
}

function refuse(index: number, expected: string, got: unknown): never {
  return fail(`Dataset.batch, element ${index},`, expected, describe(got));
}

/** Whether it is a number or a row of them; of an array the first is looked at. */
function isNumbers(value: unknown): value is Numbers {
  if (typeof value === "number") return true;
  if (ArrayBuffer.isView(value)) return "length" in value && !isBigInts(value);
  return Array.isArray(value) && value.every((n) => typeof n === "number");
}

const isBigInts = (value: object) => value instanceof BigInt64Array || value instanceof BigUint64Array;

function isExample(value: unknown): value is Example {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, sampleWeight } = value as Partial<Example>;
  return isNumbers(x) && isNumbers(y) && (sampleWeight === undefined || typeof sampleWeight === "number");
}
