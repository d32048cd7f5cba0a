import type { Batch, Callback, Dataset, FitOptions } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs(40);

function* generator(size = 8) {
  yield* cut(data, size);
}
async function* asyncGenerator(size = 8) {
  for (const batch of cut(data, size)) {
    await Promise.resolve();
    yield batch;
  }
}
const webStream = () =>
  new ReadableStream<Batch>({
    start(controller) {
      for (const batch of cut(data, 8)) controller.enqueue(batch);
      controller.close();
    },
  }) as unknown as AsyncIterable<Batch>;

/** How a training on this goes: bits, history, steps, and the running loss after each batch. */
async function train(source: Batch | Dataset, options: FitOptions = {}, built = true) {
  const { model, optimizer } = classifier({ built });
  const running: number[] = [];
  const onBatchEnd: Callback["onBatchEnd"] = ({ logs }) => void running.push(logs.loss);
  const history = await model.fit(source, { ...options, callbacks: [{ onBatchEnd }] });
  return { history, numbers: bits(model), steps: optimizer.steps, running };
}

describe("a dataset", () => {
  const sources: readonly [string, () => Dataset][] = [
    ["an array", () => cut(data, 8)],
    ["a Set", () => new Set(cut(data, 8))],
    ["a generator", () => generator()],
    ["an async generator", () => asyncGenerator()],
    ["an object with an iterator", () => ({ [Symbol.iterator]: generator })],
    ["an object with an async iterator", () => ({ [Symbol.asyncIterator]: asyncGenerator })],
    ["a web stream", webStream],
  ];

  it.each(sources)("trains batch by batch as it comes: %s", async (_, source) => {
    const expected = await train(data, { batchSize: 8, shuffle: false });
    expect(await train(source())).toEqual(expected);
    expect(await train(source(), {}, false)).toEqual(expected);
    expect(expected.steps).toBe(5);
  });

  it.each(sources)("is cut into batches of another size: %s", async (_, source) => {
    for (const batchSize of [1, 6, 8, 24, 100]) {
      const expected = await train(data, { batchSize, shuffle: false });
      expect(await train(source(), { batchSize })).toEqual(expected);
    }
  });

  it("starts anew each epoch", async () => {
    const expected = await train(data, { batchSize: 8, shuffle: false, epochs: 3 });
    for (const source of [cut(data, 8), { [Symbol.asyncIterator]: asyncGenerator }]) {
      expect(await train(source, { epochs: 3 })).toEqual(expected);
      expect(await train(source, { epochs: 3 }, false)).toEqual(expected);
    }
  });

  it("may hold batches without rows", async () => {
    const empty = { x: data.x.slice(0, 0), y: data.y.slice(0, 0) };
    const holes = cut(data, 8).flatMap((batch) => [empty, batch, empty, empty]);
    for (const options of [{}, { batchSize: 16 }, { batchSize: "full" }] as const) {
      expect(await train(holes, options)).toEqual(await train(cut(data, 8), options));
    }
    const many = Array.from({ length: 50_000 }, () => empty); // no call on call on call
    expect((await train([...many, data])).steps).toBe(1);
  });

  it("may use its matrices again for each batch", async () => {
    function* reusing() {
      const held = cut(data, 8)[0];
      const { x, y } = { x: held.x.copy(), y: held.y.copy() };
      for (const batch of cut(data, 8)) {
        x.data.set(batch.x.data);
        y.data.set(batch.y.data);
        yield { x, y };
      }
    }
    for (const options of [{}, { batchSize: 12 }, { batchSize: 40 }, { batchSize: "full" }] as const) {
      expect(await train(reusing(), options)).toEqual(await train(generator(), options));
    }
  });
});

describe("stepsPerEpoch", () => {
  const seen = async (
    source: Dataset,
    options: { epochs: number; stepsPerEpoch: number; batchSize?: number },
  ) => {
    const { model } = classifier();
    const steps: number[] = [];
    const history = await model.fit(source, {
      ...options,
      callbacks: [{ onEpochEnd: () => void steps.push(model.context.position.step) }],
    });
    return { steps, history, numbers: bits(model) };
  };

  it("goes on in the next epoch where the last one was cut", async () => {
    const whole = await train(data, { batchSize: 8, shuffle: false });
    for (const source of [generator(), asyncGenerator(), cut(data, 8)]) {
      const { steps, numbers, history } = await seen(source, { epochs: 3, stepsPerEpoch: 2 });
      expect(steps).toEqual([2, 4, 5]); // the last epoch ends with the data
      expect(numbers).toEqual(whole.numbers);
      expect(history.loss.length).toBe(3);
    }
  });

  it("starts a dataset anew that ended where an epoch was cut", async () => {
    const twice = await train(data, { batchSize: 10, shuffle: false, epochs: 2 });
    for (const source of [cut(data, 10), { [Symbol.asyncIterator]: () => asyncGenerator(10) }]) {
      const { steps, numbers } = await seen(source, { epochs: 4, stepsPerEpoch: 2 });
      expect(steps).toEqual([2, 4, 6, 8]);
      expect(numbers).toEqual(twice.numbers);
    }
  });

  it("counts steps of the given batchSize", async () => {
    const { steps } = await seen(cut(data, 40), { epochs: 2, stepsPerEpoch: 3, batchSize: 5 });
    expect(steps).toEqual([3, 6]);
  });

  it("says so where a one-shot stream has run out", async () => {
    await expect(seen(generator(), { epochs: 4, stepsPerEpoch: 2 })).rejects.toThrow(
      "fit expects at least one row of data, but got none. Has a one-shot stream run out?",
    );
  });
});
