import { describe, fail } from "../errors.js";

/** Begins pass 0, 1, 2 … over the same elements. */
export type Open<T> = (pass: number) => Iterator<T> | AsyncIterator<T>;

/** Anything whose elements come one after another. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Elements that come one after another, and what is to be done with them: nothing is read before somebody iterates,
 * and nothing is kept that was not asked for.
 */
export class Pipeline<T> implements AsyncIterable<T> {
  private passes = 0;

  constructor(
    /** Begins a pass: which one decides the order where elements are shuffled. */
    readonly open: Open<T>,
    /** Whether the elements can be gone through only once. */
    readonly isOneShot = false,
  ) {}

  /** Each time the next pass. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    const source = this.open(this.passes++);
    return {
      next: async () => source.next(),
      return: async () => {
        await source.return?.();
        return { done: true, value: undefined };
      },
    };
  }
}

/** A pipeline of the elements of `source`: something iterable, or a function that makes one for each pass. */
export function from<T>(source: Source<T> | ((pass: number) => Source<T>)): Pipeline<T> {
  const begin = (one: Source<T>) =>
    Symbol.asyncIterator in one ? one[Symbol.asyncIterator]() : one[Symbol.iterator]();
  if (typeof source === "function") return new Pipeline((pass) => begin(source(pass)));
  if (typeof source !== "object" || source === null)
    fail("Dataset.from", "something iterable", describe(source));
  return new Pipeline(
    () => begin(source),
    ["next", "getReader", "pipe"].some((name) => name in source),
  );
}
