import type { Matrix } from "../matrix.js";
import { from } from "./pipeline/from.js";

/** Examples, one a row: inputs x, targets y, and how much each counts ([rows × 1], default 1). */
export interface Batch {
  /** Inputs, an example a row. */
  readonly x: Matrix;

  /** Targets: numbers, classes from 0 in one column, or one-hot rows. */
  readonly y: Matrix;

  /** How much each row counts, [rows × 1]. Default: 1. */
  readonly sampleWeight?: Matrix;
}

/** Elements that come one after another, batches unless said: an array, a generator, a stream, a pipeline. */
export type Dataset<T = Batch> = Iterable<T> | AsyncIterable<T>;

/** A dataset that knows which pass begins, as a pipeline does; by what it can do, so that who has none need not load one. */
export interface Passes<T = Batch> extends AsyncIterable<T> {
  /** Begins pass 0, 1, 2 … over the same elements. */
  open(pass: number): Iterator<T> | AsyncIterator<T>;
  /** Whether the elements can be gone through only once. */
  readonly isOneShot: boolean;
}

/** A dataset of what `open` begins. */
export function passes<T>(open: Passes<T>["open"]): Passes<T> {
  return { open, isOneShot: false, [Symbol.asyncIterator]: () => open(0) as AsyncIterator<T> };
}

const hasPasses = (data: Dataset): data is Passes => "open" in data && "isOneShot" in data;

/** Makes pipelines: `Dataset.from(rows).map(…).shuffle(1000).batch(32)`. */
export const Dataset = /* @__PURE__ */ Object.freeze({ from });

/** Whether data comes in batches, or is one piece in memory. */
export function isDataset(data: unknown): data is Dataset {
  return (
    typeof data === "object" && data !== null && (Symbol.iterator in data || Symbol.asyncIterator in data)
  );
}

/** Whether the data can be gone through only once, as a generator can: it is its own iterator. */
export function isOneShot(data: Dataset): boolean {
  // Asking a stream for its iterator locks it: what has `next` is a generator or an iterator, the others are streams.
  if (hasPasses(data)) return data.isOneShot;
  return ["next", "getReader", "pipe"].some((name) => name in data);
}

/** Starts to go through a dataset: for the first time in a training, or for the second, third … */
export function iterate(data: Dataset, pass = 0): Iterator<Batch> | AsyncIterator<Batch> {
  if (hasPasses(data)) return data.open(pass);
  return Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
}

/** Tells a source that no more is wanted, and does not care what it says to that. */
export async function closeQuietly(source: Iterator<Batch> | AsyncIterator<Batch>): Promise<void> {
  try {
    await source.return?.();
  } catch {
    // There is an error already, and that one counts.
  }
}
