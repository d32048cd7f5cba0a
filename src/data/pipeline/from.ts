import { describe, fail } from "../../errors.js";
import { Matrix } from "../../matrix.js";
import { expectBatch } from "../expect-batch.js";
import { type Open, Pipeline } from "../pipeline.js";
import type { Example } from "./collate.js";

/** Anything whose elements come one after another. */
export type Source<T> = Iterable<T> | AsyncIterable<T> | ReadableStreamLike<T>;

/** A stream of the web; not every browser lets one be iterated. */
interface ReadableStreamLike<T> {
  getReader(): { read(): Promise<{ done: boolean; value?: T }>; cancel(): Promise<void> };
}

/** Examples in memory: a row of x and y each. */
interface InMemory {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly sampleWeight?: Matrix;
}

/**
 * A pipeline of the elements of `source`: an array, a typed array, a Matrix (its rows), `{ x, y }` (its examples), a
 * generator, a stream, any other iterable or async iterable; or a function that makes one of these for each pass.
 * @throws ChainruleError for anything else
 */
export function from(source: Matrix | ((pass: number) => Matrix)): Pipeline<Float32Array | Float64Array>;
export function from(source: InMemory | ((pass: number) => InMemory)): Pipeline<Example>;
export function from<T>(source: Source<T> | ((pass: number) => Source<T>)): Pipeline<T>;
export function from(source: unknown): Pipeline<unknown> {
  if (source instanceof Pipeline) return source;
  if (typeof source === "function") return new Pipeline((pass) => opener(source(pass))(pass));
  const isOneShot = typeof source === "object" && source !== null && isStream(source);
  return new Pipeline(opener(source), isOneShot);
}

/** By what it can do: asking a stream for its iterator would lock it. */
const isStream = (source: object): boolean => ["next", "getReader", "pipe"].some((name) => name in source);

function opener(source: unknown): Open<unknown> {
  if (typeof source === "object" && source !== null) {
    if (source instanceof Pipeline) return source.open;
    if (Matrix.isMatrix(source)) return () => rowsOf(source);
    if (isInMemory(source)) return () => examplesOf(source);
    if (Symbol.asyncIterator in source)
      return () => (source as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    if (Symbol.iterator in source) return () => (source as Iterable<unknown>)[Symbol.iterator]();
    if ("getReader" in source) return () => readAll(source as ReadableStreamLike<unknown>);
  }
  const advice = "Give an array, a Matrix, { x, y }, a stream, or a function that makes one.";
  return fail("Dataset.from", "something iterable", describe(source), advice);
}

function* rowsOf({ rows, cols, data }: Matrix) {
  for (let r = 0; r < rows; r++) yield data.slice(r * cols, (r + 1) * cols);
}

function* examplesOf({ x, y, sampleWeight }: InMemory): Generator<Example> {
  const targets = rowsOf(y);
  let r = 0;
  for (const row of rowsOf(x)) {
    const example = { x: row, y: targets.next().value ?? [] };
    yield sampleWeight === undefined ? example : { ...example, sampleWeight: sampleWeight.data[r++] };
  }
}

/** @throws ChainruleError for examples of which a part does not fit */
function isInMemory(source: object): source is InMemory {
  if (!("x" in source && Matrix.isMatrix(source.x) && "y" in source)) return false;
  expectBatch("Dataset.from", source as InMemory);
  return true;
}

async function* readAll<T>(stream: ReadableStreamLike<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as T;
    }
  } finally {
    await reader.cancel();
  }
}
