import { describe, fail } from "../errors.js";
import { callable, checkOptions, flag, fraction, integer, oneOf, optional, type Rule } from "../options.js";
import { type BatchOptions, batches, type Collated } from "./pipeline/collate.js";
import { prefetch } from "./pipeline/prefetch.js";
import { once, type Stream } from "./pipeline/run.js";
import * as steps from "./pipeline/steps.js";

/** Begins pass 0, 1, 2 … over the same elements. */
export type Open<T> = (pass: number) => Iterator<T> | AsyncIterator<T>;

/**
 * Elements that come one after another, and what is to be done with them. Nothing is read before somebody asks for it,
 * nothing is kept that was not asked for, and a source that is left early is closed. Every method gives a new pipeline.
 * An error in a function of yours names the element, and has what you threw as its `cause`.
 */
export class Pipeline<T> implements AsyncIterable<T> {
  private passes = 0;
  private begun = false;

  constructor(
    private readonly begin: Open<T>,
    /** Whether the elements can be gone through only once. */
    readonly isOneShot = false,
    /** Whether they come in another order in each pass. */
    readonly isShuffled = false,
  ) {}

  /** Begins a pass: its number decides the order where elements are shuffled. */
  readonly open: Open<T> = (pass) => {
    if (this.isOneShot && this.begun) {
      const advice = "Give a function that makes a new one, Dataset.from(() => …), or call cache().";
      fail("Dataset", "to be gone through once, as its source", "a second pass", advice);
    }
    this.begun = true;
    return this.begin(pass);
  };

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

  /** f(element, index) of each, in order. f may be asynchronous; up to `concurrency` are under way. Default: 1. */
  map<U>(
    f: (element: T, index: number) => U | Promise<U>,
    options: { concurrency?: number } = {},
  ): Pipeline<Awaited<U>> {
    expect("map", f, callable("a function"));
    checkOptions("Dataset.map", options, { concurrency: optional(integer(1)) });
    return this.follow((stream) => steps.map(stream, f, options.concurrency ?? 1));
  }

  /** Those for which keep(element, index) is true, or resolves to it. */
  filter(keep: (element: T, index: number) => boolean | Promise<boolean>): Pipeline<T> {
    expect("filter", keep, callable("a function"));
    return this.follow((stream) => steps.filter(stream, keep));
  }

  /**
   * So many together: examples `{ x, y, sampleWeight? }` as a batch of matrices, rows of numbers as a Matrix, anything
   * else as an array. The last may be smaller, unless it is dropped.
   */
  batch(size: number, options: BatchOptions = {}): Pipeline<Collated<T>> {
    expect("batch", size, integer(1));
    checkOptions("Dataset.batch", options, {
      dropLast: optional(flag),
      dtype: optional(oneOf("float32", "float64")),
    });
    return this.follow((stream) => batches(stream, size, options));
  }

  /** Another order in each pass, drawn from a buffer of so many elements. The seed and the pass decide it. */
  shuffle(buffer: number, seed = 0): Pipeline<T> {
    expect("shuffle", buffer, integer(1));
    expect("shuffle", seed, integer(0));
    const { begin } = this.follow((stream, pass) => steps.shuffle(stream, buffer, seed, pass));
    return new Pipeline(begin, this.isOneShot, true);
  }

  /** The first `count`; no more are read. */
  take(count: number): Pipeline<T> {
    expect("take", count, integer(0));
    return count === 0
      ? new Pipeline(() => [][Symbol.iterator]())
      : this.follow((stream) => steps.take(stream, count));
  }

  /** All but the first `count`. */
  skip(count: number): Pipeline<T> {
    expect("skip", count, integer(0));
    return this.follow((stream) => steps.skip(stream, count));
  }

  /** These, and then those of others. */
  concat<U>(...others: readonly Pipeline<U>[]): Pipeline<T | U> {
    const all: readonly Pipeline<T | U>[] = [this, ...others];
    for (const one of others) expect("concat", one, pipeline);
    async function* begin(pass: number): AsyncGenerator<T | U> {
      for (const one of all) yield* once(() => one.open(pass));
    }
    return new Pipeline(begin, all.some(isOneShot), all.some(isShuffled));
  }

  /** One of these with one of each other, as arrays, until one of them ends. */
  zip<U extends readonly unknown[]>(
    ...others: { readonly [I in keyof U]: Pipeline<U[I]> }
  ): Pipeline<[T, ...U]> {
    const all: readonly Pipeline<unknown>[] = [this, ...others];
    for (const one of others) expect("zip", one, pipeline);
    const begin: Open<unknown[]> = (pass) => steps.zip(() => all.map((one) => one.open(pass)));
    return new Pipeline(begin, all.some(isOneShot), all.some(isShuffled)) as unknown as Pipeline<[T, ...U]>;
  }

  /** All again, so many times, each time a pass of its own. Default: without end. */
  repeat(count = Number.POSITIVE_INFINITY): Pipeline<T> {
    if (count !== Number.POSITIVE_INFINITY) expect("repeat", count, integer(1));
    if (this.isOneShot && count > 1) {
      fail(
        "Dataset.repeat",
        "a source that can be gone through again",
        "a one-shot one",
        "Call cache() first.",
      );
    }
    const { open } = this;
    const first = (pass: number) => (count === Number.POSITIVE_INFINITY ? 0 : pass * count);
    return new Pipeline(
      async function* (pass) {
        for (let i = 0; i < count; i++) {
          let isEmpty = true;
          for await (const element of once(() => open(first(pass) + i))) {
            isEmpty = false;
            yield element;
          }
          if (isEmpty && count === Number.POSITIVE_INFINITY)
            fail("Dataset.repeat", "a source with elements", "none");
        }
      },
      ...this.kind,
    );
  }

  /** Reads so many ahead while others work. */
  prefetch(count: number): Pipeline<T> {
    expect("prefetch", count, integer(1));
    return new Pipeline((pass) => prefetch(() => this.open(pass), count), ...this.kind);
  }

  /** Keeps all elements in memory once a pass has come to its end, for the passes that follow. */
  cache(): Pipeline<T> {
    const { open } = this;
    let kept: readonly T[] | undefined;
    return new Pipeline(async function* () {
      if (kept !== undefined) return yield* kept;
      const elements: T[] = [];
      for await (const element of once(() => open(0))) {
        elements.push(element);
        yield element;
      }
      kept = elements;
    });
  }

  /**
   * Two: about `share` of the elements, and the others. Each falls to a side by the seed and its place.
   * @throws ChainruleError for what is shuffled: an element would be now on one side and now on the other
   */
  split(share: number, seed = 0): [Pipeline<T>, Pipeline<T>] {
    if (this.isShuffled) {
      const advice = "Split first, then shuffle.";
      fail("Dataset.split", "elements in the same order in each pass", "shuffled ones", advice);
    }
    expect("split", share, fraction);
    expect("split", seed, integer(0));
    const side = (isFirst: boolean) => this.follow((stream) => steps.side(stream, share, seed, isFirst));
    return [side(true), side(false)];
  }

  /** All elements of a pass. */
  async toArray(): Promise<T[]> {
    const elements: T[] = [];
    for await (const element of this) elements.push(element);
    return elements;
  }

  /** What follows on each pass of this one. */
  private follow<U>(step: (stream: Stream<T>, pass: number) => AsyncGenerator<U>): Pipeline<U> {
    return new Pipeline(
      (pass) =>
        step(
          once(() => this.open(pass)),
          pass,
        ),
      ...this.kind,
    );
  }

  private get kind(): [boolean, boolean] {
    return [this.isOneShot, this.isShuffled];
  }
}

const pipeline: Rule = {
  expected: "pipelines, Dataset.from(…)",
  accepts: (value) => value instanceof Pipeline,
};
const isOneShot = (one: Pipeline<unknown>): boolean => one.isOneShot;
const isShuffled = (one: Pipeline<unknown>): boolean => one.isShuffled;

/** @throws ChainruleError unless the argument of an operation fits */
function expect(operation: string, value: unknown, { expected, accepts }: Rule): void {
  if (!accepts(value)) fail(`Dataset.${operation}`, expected, describe(value));
}
