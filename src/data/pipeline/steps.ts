import { Random } from "../../random.js";
import { onElement, type Stream } from "./run.js";

/** f of each, in order; up to `concurrency` of them under way at a time. */
export async function* map<T, U>(
  source: Stream<T>,
  f: (element: T, index: number) => U | Promise<U>,
  concurrency: number,
): AsyncGenerator<Awaited<U>> {
  let index = 0;
  const running: Promise<Awaited<U>>[] = [];
  let isSource = true; // who throws
  try {
    for await (const element of source) {
      const i = index++;
      const result = onElement("map", i, () => f(element, i)) as Promise<Awaited<U>>;
      result.catch(() => undefined); // it is awaited in its turn
      if (running.push(result) < concurrency) continue;
      isSource = false;
      yield await (running.shift() as Promise<Awaited<U>>);
      isSource = true;
    }
  } catch (error) {
    if (isSource) for (const result of running) yield await result; // what came before the error
    throw error;
  }
  for (const result of running) yield await result;
}

/** Those of which `keep` is true. */
export async function* filter<T>(
  source: Stream<T>,
  keep: (element: T, index: number) => boolean | Promise<boolean>,
): AsyncGenerator<T> {
  let index = 0;
  for await (const element of source) {
    const i = index++;
    if (await onElement("filter", i, () => keep(element, i))) yield element;
  }
}

/** The first `count`; no more are read. */
export async function* take<T>(source: Stream<T>, count: number): AsyncGenerator<T> {
  let left = count;
  for await (const element of source) {
    yield element;
    if (--left <= 0) return;
  }
}

/** All but the first `count`. */
export async function* skip<T>(source: Stream<T>, count: number): AsyncGenerator<T> {
  let left = count;
  for await (const element of source) if (left-- <= 0) yield element;
}

/** One element of each, until one of them ends. */
export async function* zip(
  open: () => readonly (AsyncIterator<unknown> | Iterator<unknown>)[],
): AsyncGenerator<unknown[]> {
  const running = new Set(open());
  try {
    for (;;) {
      const values: unknown[] = [];
      for (const source of [...running]) {
        running.delete(source); // one that fails or ends need not be closed
        const { done, value } = await source.next();
        if (!done) running.add(source);
        values.push(value);
      }
      if (values.length > running.size) return;
      yield values;
    }
  } finally {
    const closing = [...running].map(async (source) => source.return?.());
    await Promise.allSettled(closing);
    await Promise.all(closing);
  }
}

/** Those that fall to one side: each by a random number of its own, the same in every pass. */
export async function* side<T>(
  source: Stream<T>,
  share: number,
  seed: number,
  isFirst: boolean,
): AsyncGenerator<T> {
  const random = Random.fromSeed(seed).child("split");
  let index = 0;
  for await (const element of source) if (random.uniform(index++) < share === isFirst) yield element;
}

/** Another order: a buffer of `size` elements, each replaced by the next when it is drawn; `pass` decides with the seed. */
export async function* shuffle<T>(
  source: Stream<T>,
  size: number,
  seed: number,
  pass: number,
): AsyncGenerator<T> {
  const random = Random.fromSeed(seed).child("shuffle");
  const buffer: T[] = [];
  let draws = 0;
  const draw = () => Math.floor(random.uniform(draws++, pass) * buffer.length);
  for await (const element of source) {
    if (buffer.length < size) {
      buffer.push(element);
      continue;
    }
    const i = draw();
    const drawn = buffer[i];
    buffer[i] = element;
    yield drawn;
  }
  while (buffer.length > 0) {
    const i = draw();
    const drawn = buffer[i];
    buffer[i] = buffer[buffer.length - 1];
    buffer.pop();
    yield drawn;
  }
}
