import { type Batch, type Dataset, iterate } from "../data/dataset.js";
import { fail } from "../errors.js";
import type { Rows } from "./door.js";

/** How many rows of a whole batch are in work at a time: enough for full speed, few enough for bounded memory. */
export const MICRO_BATCH = 512;

/** How far a feed is. */
export interface FeedPlace {
  /** Passes over its source that are finished. */
  readonly pass: number;
  /** Rows that were taken of the present one. */
  readonly rows: number;
  /** In so many pieces. */
  readonly pieces: number;
}

/** Where a first pass begins. */
export const START: FeedPlace = { pass: 0, rows: 0, pieces: 0 };

/** Where an epoch's rows come from, piece by piece. */
export interface Feed {
  readonly place: FeedPlace;
  /** Where the next epoch begins, if the present one is left here. */
  readonly nextEpoch: FeedPlace;
  /** Goes to a place where it was in another training. A source is replayed from the start of its pass, and skipped. */
  seek(place: FeedPlace): void | Promise<void>;
  /** Starts an epoch, in the order of these row numbers where they are given. */
  begin(order?: ArrayLike<number>): void;
  /** The next piece, or nothing at the end of the epoch. A promise only where the source makes one. */
  next(): Rows | undefined | Promise<Rows | undefined>;
  /** The pieces of the present epoch once more. @throws ChainruleError for a source that has to be read anew */
  again(): Iterable<Rows>;
  /** Tells the source that no more is wanted. */
  close(): Promise<void>;
}

/** One batch in memory, in pieces of at most `size` rows. */
export function memoryFeed(batch: Batch, size: number): Feed {
  const rows = batch.x.rows;
  let start = 0;
  let order: ArrayLike<number> | undefined;
  return {
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
    *again() {
      for (let at = 0; at < rows; at += size) {
        yield { batch, order, start: at, count: Math.min(size, rows - at) };
      }
    },
    close: async () => {},
    get place() {
      return { pass: 0, rows: Math.min(start, rows), pieces: Math.ceil(start / size) };
    },
    nextEpoch: START,
    seek(place) {
      start = place.rows;
    },
  };
}

/**
 * A dataset, in pieces of at most `size` rows; `read` checks each batch. An epoch that is cut short leaves its place
 * for the next, and one that ran to the end starts the dataset anew.
 */
export function streamFeed(data: Dataset, size: number, read: (batch: Batch) => Batch): Feed {
  let iterator: Iterator<Batch> | AsyncIterator<Batch> | undefined;
  let current: { batch: Batch; start: number } | undefined;
  let resumed = false; // whether the epoch began in the midst of the dataset, and has brought nothing yet
  let waiting = false; // for an answer of the source
  let closed = false;
  let pass = 0; // how often the source came to its end
  let rows = 0; // taken since it began
  let pieces = 0;

  const cut = ({ batch, start }: { batch: Batch; start: number }, most = size): Rows => {
    const whole = Math.min(size, batch.x.rows - start);
    const count = Math.min(most, whole);
    current = start + count < batch.x.rows ? { batch, start: start + count } : undefined;
    rows += count;
    if (count === whole) pieces++;
    return { batch, start, count };
  };
  /** Takes in what the source brought; false at the end of the epoch. */
  const take = ({ done, value }: IteratorResult<Batch>): boolean => {
    if (done) {
      iterator = undefined;
      [pass, rows, pieces] = [pass + 1, 0, 0];
      const again = resumed; // the dataset had ended where the last epoch was cut: it starts anew
      resumed = false;
      return again;
    }
    const batch = read(value);
    if (batch.x.rows > 0) [current, resumed] = [{ batch, start: 0 }, false];
    return true;
  };
  const next = (most = size): Rows | undefined | Promise<Rows | undefined> => {
    while (current === undefined) {
      iterator ??= iterate(data, pass);
      const result = iterator.next();
      if ("then" in result) return later(result, most);
      if (!take(result)) return undefined;
    }
    return cut(current, most);
  };
  const later = async (result: PromiseLike<IteratorResult<Batch>>, most: number) => {
    waiting = true;
    const brought = await result;
    waiting = false;
    return take(brought) && !closed ? next(most) : undefined;
  };
  return {
    begin() {
      resumed = iterator !== undefined;
    },
    next: () => next(),
    again() {
      const advice = "Give fit matrices; or an optimizer that looks at one point.";
      return fail("fit", "data in memory for an optimizer with a line search", "a dataset", advice);
    },
    get place() {
      return { pass, rows, pieces };
    },
    get nextEpoch() {
      return { pass, rows, pieces };
    },
    async seek(place) {
      pass = place.pass;
      while (rows < place.rows) {
        const before = rows;
        if ((await next(Math.min(size, place.rows - rows))) !== undefined) continue;
        fail(
          "fit with `resume`",
          `a dataset of the ${place.rows} rows that were read before`,
          String(before),
        );
      }
    },
    async close() {
      closed = true;
      const answer = Promise.resolve(iterator?.return?.());
      // A source that owes an answer may never give one, to this call either.
      if (waiting) answer.catch(() => undefined);
      else await answer;
    },
  };
}

/** @throws ChainruleError if an epoch brought nothing, or nothing that counts. */
export function expectSome(who: string, rows: number, weight: number): void {
  if (rows === 0) fail(who, "at least one row of data", "none", "Has a one-shot stream run out?");
  if (weight === 0) fail(who, "rows of a weight above 0", "only weights of 0");
}

/** The batch in memory. @throws ChainruleError unless it has a row that counts */
export function expectRows(who: string, batch: Batch): Batch {
  if (batch.x.rows === 0) fail(who, "at least one row of data", "none");
  if (batch.sampleWeight?.data.every((w) => w === 0)) expectSome(who, batch.x.rows, 0);
  return batch;
}
