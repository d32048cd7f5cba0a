import { Dataset, type Matrix, type Pipeline } from "chainrule";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { watched } from "./support/sources.js";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Operations on a pipeline of numbers, beside what they are on an array. */
const operations: readonly [string, (p: Pipeline<number>) => Pipeline<number>, (a: number[]) => number[]][] =
  [
    ["map", (p) => p.map((n, i) => 10 * n + i), (a) => a.map((n, i) => 10 * n + i)],
    ["map in parallel", (p) => p.map(async (n) => n + 1, { concurrency: 3 }), (a) => a.map((n) => n + 1)],
    ["filter", (p) => p.filter((n) => n % 3 !== 0), (a) => a.filter((n) => n % 3 !== 0)],
    ["take", (p) => p.take(5), (a) => a.slice(0, 5)],
    ["take none", (p) => p.take(0), () => []],
    ["skip", (p) => p.skip(4), (a) => a.slice(4)],
    ["concat", (p) => p.concat(Dataset.from([7, 8])), (a) => [...a, 7, 8]],
    ["repeat", (p) => p.repeat(3), (a) => [...a, ...a, ...a]],
    ["prefetch", (p) => p.prefetch(4), (a) => a],
    ["cache", (p) => p.cache(), (a) => a],
    [
      "zip",
      (p) => p.zip(Dataset.from(numbers(9))).map(([a, b]) => a + b),
      (a) => a.slice(0, 9).map((n, i) => n + i),
    ],
    [
      "batch",
      (p) => p.batch(4).map((m: Matrix) => m.rows),
      (a) => numbers(Math.ceil(a.length / 4)).map((i) => Math.min(4, a.length - 4 * i)),
    ],
    [
      "batch, the last dropped",
      (p) => p.batch(4, { dropLast: true }).map((m: Matrix) => m.rows),
      (a) => numbers(Math.floor(a.length / 4)).map(() => 4),
    ],
  ];

describe.each(operations)("%s", (name, onPipeline, onArray) => {
  it("does what it does to an array, again and again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 20 }), async (array) => {
        const pipeline = onPipeline(Dataset.from(array));
        for (let pass = 0; pass < 2; pass++) expect(await pipeline.toArray()).toEqual(onArray(array));
      }),
      { numRuns: 40 },
    );
  });

  it("closes its source once, wherever it is left", async () => {
    for (let leaveAt = 0; leaveAt < 12; leaveAt++) {
      const { source, seen } = watched(numbers(10));
      const pipeline = onPipeline(Dataset.from(source));
      let left = leaveAt;
      for await (const _ of pipeline) if (left-- === 0) break;
      expect(seen.closed).toBe(seen.opened);
    }
  });

  it("hands on an error of its source, and closes it", async () => {
    const { source, seen } = watched(numbers(10), 6);
    const pipeline = onPipeline(Dataset.from(source));
    const all = pipeline.toArray();
    if (name.startsWith("take")) await all;
    else await expect(all).rejects.toThrow("the source is gone");
    expect(seen.closed).toBe(seen.opened);
  });
});

it("reads nothing before it is asked, and no more than it needs", async () => {
  const { source, seen } = watched(numbers(100));
  const pipeline = Dataset.from(source)
    .map((n) => n)
    .filter((n) => n % 2 === 0)
    .batch(5);
  expect(seen.opened).toBe(0);
  const iterator = pipeline[Symbol.asyncIterator]();
  await iterator.next();
  expect(seen.read).toBe(9);
  await iterator.return?.();
  expect(seen).toEqual({ opened: 1, read: 9, closed: 1 });
});

it("keeps no more in a shuffle than its buffer", async () => {
  const { source, seen } = watched(numbers(1000));
  const iterator = Dataset.from(source).shuffle(50, 1)[Symbol.asyncIterator]();
  await iterator.next();
  expect(seen.read).toBe(51);
  await iterator.return?.();
});

it("shuffles by seed and pass alone", async () => {
  const shuffled = () => Dataset.from(numbers(40)).shuffle(16, 3);
  const [first, second] = [shuffled(), shuffled()];
  const [pass0, pass1] = [await first.toArray(), await first.toArray()];
  expect([await second.toArray(), await second.toArray()]).toEqual([pass0, pass1]);
  expect(pass0).not.toEqual(pass1);
  expect(pass0).not.toEqual(numbers(40));
  expect([...pass0].sort((a, b) => a - b)).toEqual(numbers(40));
  expect(await Dataset.from(numbers(40)).shuffle(16, 4).toArray()).not.toEqual(pass0);
});

it("draws every order with the same probability", async () => {
  const counts = new Map<string, number>();
  const pipeline = Dataset.from([0, 1, 2]).shuffle(3, 9);
  for (let pass = 0; pass < 6000; pass++) {
    const order = String(await pipeline.toArray());
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Five standard deviations of a count with mean 1000.
  for (const count of counts.values())
    expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
});

it("repeats a shuffle in other orders, and without end where it is asked", async () => {
  const twice = await Dataset.from(numbers(20)).shuffle(20, 1).repeat(2).toArray();
  expect(twice.slice(0, 20)).not.toEqual(twice.slice(20));
  expect(await Dataset.from([1, 2]).repeat().take(5).toArray()).toEqual([1, 2, 1, 2, 1]);
});

it("splits into two that are each other's rest, the same in each pass", async () => {
  const [most, rest] = Dataset.from(numbers(1000)).split(0.8, 5);
  const [a, b] = [await most.toArray(), await rest.toArray()];
  expect([...a, ...b].sort((x, y) => x - y)).toEqual(numbers(1000));
  expect(Math.abs(a.length - 800)).toBeLessThan(5 * Math.sqrt(1000 * 0.8 * 0.2));
  expect(await most.toArray()).toEqual(a);
});

it("caches only what it has read whole, in the order of the first pass", async () => {
  const { source, seen } = watched(numbers(6));
  const cached = Dataset.from(source).cache();
  for await (const n of cached) if (n === 2) break;
  expect(await cached.toArray()).toEqual(numbers(6));
  expect(await cached.toArray()).toEqual(numbers(6));
  expect(seen).toEqual({ opened: 2, read: 9, closed: 2 });
  const shuffled = Dataset.from(numbers(9)).shuffle(9, 1);
  const kept = shuffled.cache();
  const order: number[] = [];
  for await (const n of { [Symbol.asyncIterator]: () => kept.open(3) as AsyncIterator<number> })
    order.push(n);
  expect(order).toEqual(await shuffled.toArray());
});

describe("prefetch", () => {
  it("reads ahead while the consumer works, and no further", async () => {
    const { source, seen } = watched(numbers(20));
    const iterator = Dataset.from(source).prefetch(4)[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen.read).toBe(4);
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen.read).toBe(5);
    await iterator.return?.();
    expect(seen.closed).toBe(1);
  });

  it("brings elements before the error that follows them", async () => {
    const { source } = watched(numbers(10), 3);
    const got: number[] = [];
    const read = async () => {
      for await (const n of Dataset.from(source).prefetch(8)) got.push(n);
    };
    await expect(read()).rejects.toThrow("the source is gone");
    expect(got).toEqual([0, 1, 2]);
  });

  it("does not wait for a source that never answers", async () => {
    const stuck: AsyncIterator<number> = {
      next: () => new Promise(() => {}),
      return: () => new Promise(() => {}),
    };
    const one = Dataset.from([1]).concat(Dataset.from(() => ({ [Symbol.asyncIterator]: () => stuck })));
    const iterator = one.prefetch(2)[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await iterator.return?.();
  });
});

describe("functions that throw", () => {
  class Mine extends Error {}
  it.each([
    ["map", (p: Pipeline<number>) => p.map(refuse)],
    ["map", (p: Pipeline<number>) => p.map(async (n) => refuse(n))],
    ["map", (p: Pipeline<number>) => p.map(async (n) => refuse(n), { concurrency: 4 })],
    ["filter", (p: Pipeline<number>) => p.filter(refuse)],
  ])("%s names the element", async (name, of) => {
    const { source, seen } = watched(numbers(30));
    const error = await of(Dataset.from(source))
      .toArray()
      .catch((e) => e);
    expect(error.message).toBe(`Dataset.${name} expects its function to take element 17, but got Error: no.`);
    expect(error.cause).toBeInstanceOf(Mine);
    expect(seen.closed).toBe(1);
  });
  function refuse(n: number): boolean {
    if (n === 17) throw new Mine("no");
    return true;
  }
});

describe("one-shot sources", () => {
  const generator = () => watched(numbers(3)).source();
  it("are known through every operation", () => {
    for (const [, of] of operations.filter(([name]) => !/cache|repeat/.test(name) && name !== "take none")) {
      expect(of(Dataset.from(generator())).isOneShot).toBe(true);
      expect(of(Dataset.from([1])).isOneShot).toBe(false);
    }
    expect(Dataset.from([1]).concat(Dataset.from(generator())).isOneShot).toBe(true);
    expect(Dataset.from(generator()).cache().isOneShot).toBe(false);
  });
  it("say so the second time", async () => {
    const pipeline = Dataset.from(generator()).map((n) => n);
    await pipeline.toArray();
    await expect(pipeline.toArray()).rejects.toThrow(
      /^Dataset expects to be gone through once, as its source, but got a second pass\./,
    );
    expect(() => Dataset.from(generator()).repeat(2)).toThrow(/Call cache\(\) first/);
    expect(await Dataset.from(generator()).cache().repeat(2).toArray()).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

it("is no promise: it can be returned from an async function", async () => {
  const make = async () => Dataset.from([1, 2]);
  expect(await (await make()).toArray()).toEqual([1, 2]);
});

it.each([
  [() => Dataset.from(5 as never), /^Dataset\.from expects something iterable, but got 5\./],
  [() => Dataset.from({ a: 1 } as never), /something iterable, but got an object {a}/],
  [() => Dataset.from(null as never), /something iterable, but got null/],
  [() => Dataset.from([1]).batch(0), /Dataset\.batch expects a whole number of at least 1, but got 0/],
  [() => Dataset.from([1]).take(-1), /Dataset\.take/],
  [() => Dataset.from([1]).shuffle(1.5), /Dataset\.shuffle/],
  [() => Dataset.from([1]).split(1), /Dataset\.split/],
  [() => Dataset.from([1]).map(3 as never), /Dataset\.map expects a function, but got 3/],
  [() => Dataset.from([1]).map(String, { concurency: 2 } as never), /Did you mean "concurrency"/],
])("refuses what makes no sense: %s", (make, message) => expect(make).toThrow(message));
