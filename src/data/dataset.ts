import { describe, fail, size } from "../errors.js";
import { Matrix } from "../matrix.js";

/** Examples, one a row: inputs x, targets y, and how much each counts ([rows × 1], default 1). */
export interface Batch {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly sampleWeight?: Matrix;
}

/** Batches that come one after another: an array, a generator, a stream. */
export type Dataset = Iterable<Batch> | AsyncIterable<Batch>;

/** Whether data comes in batches, or is one piece in memory. */
export function isDataset(data: unknown): data is Dataset {
  return (
    typeof data === "object" && data !== null && (Symbol.iterator in data || Symbol.asyncIterator in data)
  );
}

/** Whether the data can be gone through only once, as a generator can: it is its own iterator. */
export function isOneShot(data: Dataset): boolean {
  const it = data as { [Symbol.iterator]?(): unknown; [Symbol.asyncIterator]?(): unknown };
  // Asking a stream for its iterator locks it; what has `next` already is a generator or an iterator.
  return "next" in it && typeof it.next === "function";
}

/** Starts to go through a dataset. */
export function iterate(data: Dataset): Iterator<Batch> | AsyncIterator<Batch> {
  return Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
}

/** @throws ChainruleError unless x and y are matrices of one dtype with as many rows, and weights fit and are ≥ 0. */
export function expectBatch(who: string, batch: Batch): Batch {
  if (typeof batch !== "object" || batch === null) fail(who, "data { x, y }", describe(batch));
  const { x, y, sampleWeight } = batch;
  if (!Matrix.isMatrix(x)) fail(who, "`x` to be a Matrix", describe(x), "Use Matrix.from(rows) for arrays.");
  if (!Matrix.isMatrix(y)) fail(who, "`y` to be a Matrix", describe(y), "Use Matrix.from(rows) for arrays.");
  if (x.rows !== y.rows) fail(who, "as many rows of `x` as of `y`", `${x.rows} and ${y.rows}`);
  if (sampleWeight !== undefined) {
    if (!Matrix.isMatrix(sampleWeight)) fail(who, "`sampleWeight` to be a Matrix", describe(sampleWeight));
    if (sampleWeight.rows !== x.rows || sampleWeight.cols !== 1) {
      fail(who, `\`sampleWeight\` [${x.rows} × 1], a number for each row`, size(sampleWeight));
    }
    for (const w of sampleWeight.data) {
      if (!(w >= 0 && w < Number.POSITIVE_INFINITY)) fail(who, "finite weights of at least 0", String(w));
    }
  }
  return batch;
}
