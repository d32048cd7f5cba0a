import { Adam, type Callback, Dense, Sequential, softmaxCrossEntropy } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs(40);
const later = () => new Promise((resolve) => setTimeout(resolve, 1));

async function* slowly() {
  for (const batch of cut(data, 8)) {
    await later();
    yield batch;
  }
}

describe("while a model trains", () => {
  it("a second fit rejects at once, and the first goes on", async () => {
    const [model, twin] = [classifier().model, classifier().model];
    const first = model.fit(data, { epochs: 3 });
    await expect(model.fit(data)).rejects.toThrow(/^fit expects a model that is not being trained/);
    expect(await first).toEqual(await twin.fit(data, { epochs: 3 }));
    expect(bits(model)).toEqual(bits(twin));
    expect((await model.fit(data)).loss.length).toBe(1); // and now it may
  });

  it("so also while it waits for its first batch, or for a slow stream", async () => {
    for (const built of [true, false]) {
      const { model } = classifier({ built });
      const first = model.fit(slowly());
      await later();
      expect(() => model.trainBatch(data.x, data.y)).toThrow(
        /^trainBatch expects a model that is not being trained/,
      );
      await expect(model.fit(data)).rejects.toThrow(/^fit expects a model that is not being trained/);
      expect(() => model.compile({ loss: softmaxCrossEntropy(), optimizer: new Adam() })).toThrow(
        /^compile expects/,
      );
      expect(() => new Sequential([model, new Dense({ units: 1 })])).toThrow(/a running fit/);
      expect((await first).loss.length).toBe(1);
    }
  });

  it("predict, evaluate, trace and clone see the last complete step", async () => {
    const [model, twin] = [classifier().model, classifier().model];
    const run = model.fit(slowly());
    for (const { x, y } of cut(data, 8)) {
      const step = model.context.position.step;
      while (model.context.position.step === step && step < 5) await later();
      while (twin.context.position.step < model.context.position.step) {
        const at = 8 * twin.context.position.step;
        twin.trainBatch(data.x.slice(at, at + 8), data.y.slice(at, at + 8));
      }
      expect(model.predict(data.x)).toEqual(twin.predict(data.x));
      expect(model.trace(x, y).map(({ gradient }) => gradient)).toEqual(
        twin.trace(x, y).map(({ gradient }) => gradient),
      );
      expect(bits(model.clone())).toEqual(bits(twin));
      const [a, b] = [model.evaluate(data), twin.evaluate(data)];
      expect(await a).toEqual(await b);
    }
    await run;
    expect(bits(model)).toEqual(bits(twin));
  });

  it("in a whole batch, looking between its pieces changes nothing", async () => {
    const [model, twin] = [classifier().model, classifier().model];
    const before = bits(model);
    const run = model.fit(slowly(), { batchSize: "full" });
    for (let i = 0; i < 4; i++) {
      await later();
      if (model.context.position.step > 0) break;
      expect(bits(model)).toEqual(before);
      model.predict(data.x);
      model.trace(data.x, data.y);
      await model.evaluate({ x: data.x.slice(0, 8), y: data.y.slice(0, 8) });
    }
    expect(await run).toEqual(await twin.fit(slowly(), { batchSize: "full" }));
    expect(bits(model)).toEqual(bits(twin));
  });
});

it("a fit that fails before it starts leaves the model free", async () => {
  const { model } = classifier();
  for (const bad of [{ epochs: -1 }, { batchSize: 0 }, { callbacks: [{ onEpochEnd: 1 }] }]) {
    await expect(model.fit(data, bad as never)).rejects.toThrow(/^fit expects/);
  }
  await expect(model.fit({ x: data.x, y: data.x })).rejects.toThrow(/^softmaxCrossEntropy expects/);
  expect(model.trainBatch(data.x, data.y)).toBeGreaterThan(0);
});

it("a model is free in the moment that its fit is done, and not before the callbacks are", async () => {
  const { model } = classifier();
  const seen: boolean[] = [];
  const callback: Callback = {
    onTrainEnd: async ({ model }) => {
      await later();
      seen.push(model.isTraining);
    },
  };
  await model.fit(data, { callbacks: [callback] });
  expect([...seen, model.isTraining]).toEqual([true, false]);
});

it("two models share a dataset without harm", async () => {
  const batches = cut(data, 8);
  const alone = await classifier().model.fit(batches, { epochs: 2 });
  const pair = [classifier().model, classifier().model].map((model) => model.fit(batches, { epochs: 2 }));
  expect(await Promise.all(pair)).toEqual([alone, alone]);
});
