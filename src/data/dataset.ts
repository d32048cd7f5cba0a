import type { Matrix } from "../matrix.js";
import { from } from "./pipeline/from.js";
import { Pipeline } from "./pipeline.js";

/** Examples, one a row: inputs x, targets y, and how much each counts ([rows × 1], default 1). */
export interface Batch {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly sampleWeight?: Matrix;
}

/** Elements that come one after another, batches unless said: an array, a generator, a stream, a pipeline. */
export type Dataset<T = Batch> = Iterable<T> | AsyncIterable<T>;

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
  if (data instanceof Pipeline) return data.isOneShot;
  return ["next", "getReader", "pipe"].some((name) => name in data);
}

/** Starts to go through a dataset: for the first time in a training, or for the second, third … */
export function iterate(data: Dataset, pass = 0): Iterator<Batch> | AsyncIterator<Batch> {
  if (data instanceof Pipeline) return data.open(pass);
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
