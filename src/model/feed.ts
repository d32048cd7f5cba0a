import { type Batch, type Dataset, iterate } from "../data/dataset.js";
import { fail } from "../errors.js";
import type { Rows } from "./door.js";

/** How many rows of a whole batch are in work at a time: enough for full speed, few enough for bounded memory. */
export const MICRO_BATCH = 512;

/** Where an epoch's rows come from, piece by piece. */
export interface Feed {
  /** How many pieces an epoch has, where that is known. */
  readonly pieces: number | undefined;
  /** Starts an epoch, in the order of these row numbers where they are given. */
  begin(order?: ArrayLike<number>): void;
  /** The next piece, or nothing at the end of the epoch. A promise only where the source makes one. */
  next(): Rows | undefined | Promise<Rows | undefined>;
  /** Tells the source that no more is wanted. */
  close(): Promise<void>;
}

/** One batch in memory, in pieces of at most `size` rows. */
export function memoryFeed(batch: Batch, size: number): Feed {
  const rows = batch.x.rows;
  let start = 0;
  let order: ArrayLike<number> | undefined;
  return {
    pieces: Math.ceil(rows / size),
    begin(newOrder) {
      start = 0;
      order = newOrder;
    },
    next() {
      if (start >= rows) return undefined;
      const piece = { batch, order, start, count: Math.min(size, rows - start) };
      start += size;
      return piece;
    },
    close: async () => {},
  };
}

/**
 * A dataset, in pieces of at most `size` rows; `read` checks each batch. An epoch that is cut short leaves its place
 * for the next, and one that ran to the end starts the dataset anew.
 */
export function streamFeed(data: Dataset, size: number, read: (batch: Batch) => Batch): Feed {
  let iterator: Iterator<Batch> | AsyncIterator<Batch> | undefined;
  let current: { batch: Batch; start: number } | undefined;

  const cut = (): Rows | undefined => {
    if (current === undefined) return undefined;
    const { batch, start } = current;
    const count = Math.min(size, batch.x.rows - start);
    current = start + count < batch.x.rows ? { batch, start: start + count } : undefined;
    return { batch, start, count };
  };
  const take = (result: IteratorResult<Batch>): Rows | undefined | Promise<Rows | undefined> => {
    if (result.done) {
      iterator = undefined;
      return undefined;
    }
    const batch = read(result.value);
    if (batch.x.rows === 0) return next();
    current = { batch, start: 0 };
    return cut();
  };
  const next = (): Rows | undefined | Promise<Rows | undefined> => {
    if (current !== undefined) return cut();
    iterator ??= iterate(data);
    const result = iterator.next();
    return result instanceof Promise ? result.then(take) : take(result);
  };
  return {
    pieces: undefined,
    begin() {},
    next,
    async close() {
      const open = iterator;
      iterator = undefined;
      current = undefined;
      await open?.return?.();
    },
  };
}

/** @throws ChainruleError if an epoch brought nothing. */
export function expectSome(who: string, rows: number): void {
  if (rows === 0) fail(who, "at least one row of data", "none", "Has a one-shot stream run out?");
}
