import { describe, fail } from "../../errors.js";
import { Matrix } from "../../matrix.js";
import type { Batch } from "../dataset.js";

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

/** Elements as one; `first` is the number of the first of them. @throws ChainruleError that names an element that does not fit */
export function collate<T>(elements: readonly T[], first: number): Collated<T> {
  const all: readonly unknown[] = elements;
  if (isExample(all[0])) return batchOf(all, first) as Collated<T>;
  return (isNumbers(all[0]) ? matrixOf("", all, first) : elements) as Collated<T>;
}

function batchOf(elements: readonly unknown[], first: number): Batch {
  const examples = elements.map((element, i) => {
    return isExample(element) ? element : refuse(first + i, "an example { x, y }", element);
  });
  const part = (name: "x" | "y") =>
    matrixOf(
      `${name} of `,
      examples.map((one) => one[name]),
      first,
    );
  const batch = { x: part("x"), y: part("y") };
  if (examples.every(({ sampleWeight }) => sampleWeight === undefined)) return batch;
  const weights = examples.map(({ sampleWeight = 1 }) => sampleWeight);
  return { ...batch, sampleWeight: matrixOf("sampleWeight of ", weights, first) };
}

/** Rows of float32, one for each element, all as wide as the first. */
function matrixOf(part: string, rows: readonly unknown[], first: number): Matrix {
  const width = typeof rows[0] === "number" ? 1 : (rows[0] as ArrayLike<number>).length;
  const data = new Float32Array(rows.length * width);
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
  if (typeof value === "number" || (ArrayBuffer.isView(value) && "length" in value)) return true;
  return Array.isArray(value) && value.every((n) => typeof n === "number");
}

function isExample(value: unknown): value is Example {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, sampleWeight } = value as Partial<Example>;
  return isNumbers(x) && isNumbers(y) && (sampleWeight === undefined || typeof sampleWeight === "number");
}
