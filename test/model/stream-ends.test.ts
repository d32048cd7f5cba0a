import type { Batch, FitOptions } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs(40);
const broken = new Error("the disk is gone");

/** Five batches; the fourth may be bad or an error. Says what became of it. */
function source({ bad, error = false, closing }: { bad?: Batch; error?: boolean; closing?: Error } = {}) {
  const state = { given: 0, closed: 0 };
  const batches = cut(data, 8);
  function* run() {
    try {
      for (const batch of batches) {
        if (state.given === 3 && error) throw broken;
        state.given++;
        yield state.given === 4 && bad !== undefined ? bad : batch;
      }
    } finally {
      state.closed++;
      if (closing !== undefined) fail(closing);
    }
  }
  async function* runAsync() {
    yield* run();
  }
  return { state, sync: () => run(), async: () => runAsync() };
}

function fail(error: Error): never {
  throw error;
}

const wide: Batch = { x: blobs(8).x.matmul(blobs(8).x.transpose()), y: data.y.slice(0, 8) };

describe.each(["sync", "async"] as const)("a %s stream", (kind) => {
  const options: readonly FitOptions[] = [{}, { batchSize: 8 }, { batchSize: "full" }];

  it.each(options)(
    "that fails midway ends training with its error, after the last complete step: %j",
    async (given) => {
      for (const built of [true, false]) {
        const [{ model, optimizer }, twin] = [classifier({ built }), classifier().model];
        await expect(model.fit(source({ error: true })[kind](), given)).rejects.toBe(broken);
        const steps = given.batchSize === "full" ? 0 : 3;
        for (const { x, y } of cut(data, 8).slice(0, steps)) twin.trainBatch(x, y);
        expect(bits(model)).toEqual(bits(twin));
        expect(optimizer.steps).toBe(steps);
        expect(model.context.position).toEqual({ step: steps, example: 0 });
        expect(await model.fit(data)).toEqual(await twin.fit(data)); // as if nothing had happened
      }
    },
  );

  it.each(options)("that brings a bad batch is closed: %j", async (given) => {
    for (const built of [true, false]) {
      const [{ model }, stream] = [classifier({ built }), source({ bad: wide })];
      await expect(model.fit(stream[kind](), given)).rejects.toThrow(
        "fit expects rows of 4 inputs, but got 8.",
      );
      expect(stream.state).toEqual({ given: 4, closed: 1 });
    }
  });

  it("whose first batch is bad is closed, and the model stays as it was", async () => {
    for (const built of [true, false]) {
      const { model } = classifier({ built });
      const stream = source();
      const bad = (function* () {
        yield { x: data.x, y: data.y.add(0.5) };
        yield* stream.sync();
      })();
      await expect(model.fit(bad)).rejects.toThrow(/class indices from 0 to 2, but got 0.5/);
      expect(bad.next().done).toBe(true);
      expect(model.isBuilt).toBe(built);
    }
  });

  it.each([
    ["a callback's stop after a batch", { onBatchEnd: () => "stop" as const }, 1],
    ["a callback's stop after an epoch of some steps", { onEpochEnd: () => "stop" as const }, 2],
    ["a callback's stop before the first epoch", { onEpochBegin: () => "stop" as const }, 0],
    ["a callback's stop before everything", { onTrainBegin: () => "stop" as const }, 0],
  ])("is closed after %s", async (_, callback, given) => {
    for (const built of [true, false]) {
      const stream = source();
      const { model } = classifier({ built });
      await model.fit(stream[kind](), { epochs: 2, stepsPerEpoch: 2, callbacks: [callback] });
      const looked = built ? given : Math.max(given, 1);
      expect(stream.state).toEqual({ given: looked, closed: looked === 0 ? 0 : 1 });
    }
  });

  it("is closed at the end of stepsPerEpoch", async () => {
    const stream = source();
    await classifier().model.fit(stream[kind](), { stepsPerEpoch: 2 });
    expect(stream.state).toEqual({ given: 2, closed: 1 });
  });

  it("is closed where a callback throws", async () => {
    const stream = source();
    const onBatchEnd = () => Promise.reject(broken);
    await expect(classifier().model.fit(stream[kind](), { callbacks: [{ onBatchEnd }] })).rejects.toBe(
      broken,
    );
    expect(stream.state).toEqual({ given: 1, closed: 1 });
  });

  it("that cannot be closed says so, but not in the place of another error", async () => {
    const closing = new Error("cannot close");
    const ends: unknown[] = [];
    const onTrainEnd = ({ error }: { error?: unknown }) => void ends.push(error);
    const train = (onBatchEnd: () => Promise<"stop">) =>
      classifier().model.fit(source({ closing })[kind](), { callbacks: [{ onBatchEnd, onTrainEnd }] });
    await expect(train(() => Promise.resolve("stop"))).rejects.toBe(closing);
    await expect(train(() => Promise.reject(broken))).rejects.toBe(broken);
    expect(ends).toEqual([closing, broken]);
  });

  it("to evaluate is closed where it brings a bad batch", async () => {
    for (const built of [true, false]) {
      const stream = source({ bad: wide, closing: new Error("cannot close") });
      await expect(classifier({ built }).model.evaluate(stream[kind]())).rejects.toThrow(
        "evaluate expects rows of 4 inputs, but got 8.",
      );
      expect(stream.state).toEqual({ given: 4, closed: 1 });
    }
  });

  it("to validate on is closed where it brings a bad batch", async () => {
    const stream = source({ bad: wide });
    await expect(classifier().model.fit(data, { validation: stream[kind]() })).rejects.toThrow(
      "fit validation expects rows of 4 inputs, but got 8.",
    );
    expect(stream.state).toEqual({ given: 4, closed: 1 });
  });
});
