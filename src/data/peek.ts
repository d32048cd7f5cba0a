import { type Batch, closeQuietly, type Dataset, iterate, passes } from "./dataset.js";
import { unlessAborted } from "./unless-aborted.js";

type Source = Iterator<Batch> | AsyncIterator<Batch>;

/**
 * Shows `use` the first batch of a dataset, beside a dataset that still has all of them: its first pass goes on where
 * the look ended, later ones start anew. A source that `use` does not go on with is closed in the end.
 */
export async function peek<T>(
  data: Dataset,
  use: (first: IteratorResult<Batch>, all: Dataset) => T | Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const source = iterate(data);
  const taken = await unlessAborted(Promise.resolve(source.next()), signal).catch((error) => {
    void closeQuietly(source);
    throw error;
  });
  let opened: Source | undefined = resume(taken, source);
  const open = (pass: number) => {
    const iterator = (pass === 0 ? opened : undefined) ?? iterate(data, pass);
    if (pass === 0) opened = undefined;
    return iterator;
  };
  try {
    return await use(taken, passes(open));
  } finally {
    if (opened !== undefined) await closeQuietly(source);
  }
}

/** Gives what was taken from an iterator, and goes on with it. */
function resume(taken: IteratorResult<Batch>, source: Source): AsyncIterator<Batch> {
  let first: IteratorResult<Batch> | undefined = taken;
  return {
    async next() {
      const result = first ?? (await source.next());
      first = undefined;
      return result;
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}
