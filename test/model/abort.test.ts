import type { Batch, Callback, FitOptions } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs();
const reason = new Error("enough");

/** A signal that a callback aborts at the given step. */
function abortAt(step: number) {
  const controller = new AbortController();
  const onBatchEnd: Callback["onBatchEnd"] = ({ batch }) =>
    batch === step ? controller.abort(reason) : undefined;
  return { signal: controller.signal, callbacks: [{ onBatchEnd }] };
}

/** A stream that gives some batches and then nothing more, nor closes then: as an async generator that awaits. */
function stalling(batches: readonly Batch[]) {
  const state = { closed: false };
  const never = new Promise<IteratorResult<Batch>>(() => {});
  let at = 0;
  const source: AsyncIterable<Batch> = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const value = batches[at++];
        return value === undefined ? never : { done: false, value };
      },
      async return() {
        state.closed = true;
        return at > batches.length ? never : { done: true, value: undefined };
      },
    }),
  };
  return { source, state };
}

describe("a signal that is aborted already", () => {
  it.each([true, false])("rejects with its reason before anything happens, built: %s", async (built) => {
    const { model, optimizer } = classifier({ built });
    const before = built ? bits(model) : [];
    let told = 0;
    const callback = { onTrainBegin: () => void told++, onTrainEnd: () => void told++ };
    const read: Batch[] = [];
    function* once() {
      for (const batch of cut(data, 8)) {
        read.push(batch);
        yield batch;
      }
    }
    const options: FitOptions = { signal: AbortSignal.abort(reason), callbacks: [callback] };
    await expect(model.fit(data, options)).rejects.toBe(reason);
    await expect(model.fit(once(), options)).rejects.toBe(reason);
    expect([told, read.length, optimizer.steps, model.isBuilt]).toEqual([0, 0, 0, built]);
    expect(bits(model)).toEqual(before);
    expect((await model.fit(data)).loss.length).toBe(1);
  });
});

describe("a signal that is aborted midway", () => {
  it("rejects after the last complete step", async () => {
    const [aborted, twin] = [classifier(), classifier()];
    const run = aborted.model.fit(data, { epochs: 5, batchSize: 5, shuffle: false, ...abortAt(1) });
    await expect(run).rejects.toBe(reason);
    for (const { x, y } of cut(data, 5).slice(0, 2)) twin.model.trainBatch(x, y);
    expect(bits(aborted.model)).toEqual(bits(twin.model));
    expect(aborted.optimizer.scalars).toEqual(twin.optimizer.scalars);
    expect(aborted.model.context.position).toEqual({ step: 2, example: 0 });
  });

  it("rejects in the last step of all, too", async () => {
    const { model, optimizer } = classifier();
    await expect(model.fit(data, { batchSize: 12, ...abortAt(1) })).rejects.toBe(reason);
    expect(optimizer.steps).toBe(2);
  });

  it.each(["onTrainBegin", "onEpochBegin"] as const)("takes no step after %s", async (moment) => {
    const { model, optimizer } = classifier();
    const controller = new AbortController();
    const callbacks = [{ [moment]: () => controller.abort(reason) }];
    await expect(model.fit(data, { signal: controller.signal, callbacks })).rejects.toBe(reason);
    expect(optimizer.steps).toBe(0);
  });

  it("takes no step of a whole batch that was not gone through", async () => {
    const { model, optimizer } = classifier();
    const before = bits(model);
    const controller = new AbortController();
    function* batches() {
      yield* cut(data, 8);
      controller.abort(reason);
    }
    await expect(model.fit(batches(), { batchSize: "full", signal: controller.signal })).rejects.toBe(reason);
    expect(optimizer.steps).toBe(0);
    expect(bits(model)).toEqual(before);
    const twin = classifier().model;
    expect(model.trainBatch(data.x, data.y)).toBe(twin.trainBatch(data.x, data.y));
  });

  it("ends a validation, and tells the callbacks why", async () => {
    const { model } = classifier();
    const controller = new AbortController();
    let read = 0;
    function* validation() {
      for (const batch of cut(data, 1)) {
        if (++read === 3) controller.abort(reason);
        yield batch;
      }
    }
    const ends: unknown[] = [];
    const callback: Callback = {
      onEpochEnd: () => void ends.push("epoch"),
      onTrainEnd: ({ error }) => void ends.push(error),
    };
    const run = model.fit(data, {
      validation: validation(),
      signal: controller.signal,
      callbacks: [callback],
    });
    await expect(run).rejects.toBe(reason);
    expect(ends).toEqual([reason]);
    expect(read).toBe(3);
  });

  it.each([
    ["while it trains", true, {}],
    ["while it cuts batches anew", true, { batchSize: 5 }],
    ["while it gathers a whole batch", true, { batchSize: "full" }],
    ["while it waits for the first batch", false, {}],
  ] as const)("does not wait for a source that stalls, %s, and closes it", async (_, built, options) => {
    const { model } = classifier({ built });
    const controller = new AbortController();
    const { source, state } = stalling(built ? cut(data, 8) : []);
    const run = model.fit(source, { ...options, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 5);
    await expect(run).rejects.toBe(reason);
    expect(state.closed).toBe(true);
    expect((await model.fit(data)).loss.length).toBe(1);
  });

  it("does not wait for validation data that stalls, and closes it", async () => {
    const { model } = classifier();
    const controller = new AbortController();
    const { source, state } = stalling(cut(data, 8));
    const run = model.fit(data, { validation: source, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 5);
    await expect(run).rejects.toBe(reason);
    expect(state.closed).toBe(true);
  });

  it.each([
    ["a batch without rows", { done: false, value: { x: data.x.slice(0, 0), y: data.y.slice(0, 0) } }],
    ["its end", { done: true, value: undefined }],
  ] as const)("asks nothing more of a source that answers too late, with %s", async (_, result) => {
    const { model } = classifier();
    const controller = new AbortController();
    let [opened, asked] = [0, 0];
    let answer = (_: IteratorResult<Batch>) => {};
    const source: AsyncIterable<Batch> = {
      [Symbol.asyncIterator]: () => {
        opened++;
        return {
          next() {
            asked++;
            if (asked === 1) return Promise.resolve({ done: false, value: data });
            return new Promise<IteratorResult<Batch>>((resolve) => {
              answer = resolve;
            });
          },
        };
      },
    };
    const run = model.fit(source, { epochs: 2, stepsPerEpoch: 1, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 5);
    await expect(run).rejects.toBe(reason);
    answer(result);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect([opened, asked]).toEqual([1, 2]);
  });

  it("leaves no listener on the signal", async () => {
    const { model } = classifier();
    const { signal } = new AbortController();
    const listening = { now: 0 };
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listening.now++;
      add(...given);
    };
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listening.now--;
      remove(...given);
    };
    async function* stream() {
      yield* cut(data, 4);
    }
    await model.fit(stream(), { signal });
    expect(listening.now).toBe(0);
  });
});
