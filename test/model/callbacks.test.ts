import type { Callback, Weights } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs();
const moments = ["onTrainBegin", "onEpochBegin", "onBatchEnd", "onEpochEnd", "onTrainEnd"] as const;
const later = () => new Promise((resolve) => setTimeout(resolve, 1));

/** A callback that writes down what it is told, and does `act` at a moment. */
function scribe(
  log: string[],
  name: string,
  act: Partial<Record<(typeof moments)[number], () => unknown>> = {},
) {
  const write = (moment: (typeof moments)[number]) => async () => {
    await later();
    log.push(`${name} ${moment}`);
    return act[moment]?.() as "stop";
  };
  return Object.fromEntries(moments.map((moment) => [moment, write(moment)])) as Callback;
}

describe("callbacks", () => {
  it("are told in list order, each awaited before the next", async () => {
    const log: string[] = [];
    const callbacks = [scribe(log, "a"), scribe(log, "b")];
    await classifier().model.fit(data, { epochs: 2, batchSize: 12, callbacks });
    const epoch = ["onEpochBegin", "onBatchEnd", "onBatchEnd", "onEpochEnd"];
    const told = ["onTrainBegin", ...epoch, ...epoch, "onTrainEnd"];
    expect(log).toEqual(told.flatMap((moment) => [`a ${moment}`, `b ${moment}`]));
  });

  it("are told where training stands", async () => {
    const { model } = classifier();
    const events: unknown[] = [];
    const keep = (event: object) => void events.push({ ...event, model: undefined, history: undefined });
    const callback = Object.fromEntries(moments.map((moment) => [moment, keep])) as Callback;
    const history = await model.fit(data, {
      epochs: 3,
      initialEpoch: 2,
      batchSize: 16,
      callbacks: [callback],
    });
    const common = { epochs: 3, batches: 2, model: undefined, history: undefined };
    const logs = { loss: expect.any(Number), accuracy: expect.any(Number) };
    expect(events).toEqual([
      common,
      { ...common, epoch: 2 },
      { ...common, epoch: 2, batch: 0, rows: 16, logs },
      { ...common, epoch: 2, batch: 1, rows: 24, logs },
      { ...common, epoch: 2, rows: 24, logs: { loss: history.loss[0], accuracy: history.accuracy[0] } },
      common,
    ]);
    expect(events[3]).toMatchObject({ logs: { loss: history.loss[0] } }); // the running mean has all batches
  });

  it("are told what is validated with: data, or the rows kept apart", async () => {
    const seen: unknown[] = [];
    const callbacks: Callback[] = [{ onTrainBegin: ({ validation }) => void seen.push(validation) }];
    await classifier().model.fit(data, { validation: data, callbacks });
    await classifier().model.fit(data, { validation: [data], callbacks });
    await classifier().model.fit(data, { validationSplit: 0.25, callbacks });
    await classifier().model.fit(data, { callbacks });
    expect(seen.slice(0, 2)).toEqual([data, [data]]);
    expect(seen[2]).toMatchObject({ x: { rows: 6 }, y: { rows: 6 } });
    expect(seen[3]).toBeUndefined();
  });

  it("see the epoch in the history, its validation included, and the model itself", async () => {
    const { model } = classifier();
    const seen: unknown[] = [];
    const onEpochEnd: Callback["onEpochEnd"] = ({ model: given, history, logs }) => {
      seen.push([
        given === model,
        history.loss.length,
        history.validationLoss.at(-1) === logs.validationLoss,
      ]);
    };
    await model.fit(data, { epochs: 2, validationSplit: 0.5, callbacks: [{ onEpochEnd }] });
    expect(seen).toEqual([
      [true, 1, true],
      [true, 2, true],
    ]);
  });

  it("may be objects of a class, with a `this`", async () => {
    class Counter {
      batches = 0;
      onBatchEnd() {
        this.batches++;
      }
    }
    const counter = new Counter();
    await classifier().model.fit(data, { batchSize: 4, callbacks: [counter] });
    expect(counter.batches).toBe(6);
  });

  it("may change the model: the training goes on from there", async () => {
    const { model } = classifier();
    const onEpochBegin: Callback["onEpochBegin"] = ({ model, epoch }) => {
      if (epoch === 1) model.setWeights(zeroed(model.getWeights()));
    };
    const { loss } = await model.fit(data, { epochs: 2, batchSize: "full", callbacks: [{ onEpochBegin }] });
    expect(loss[1]).toBeCloseTo(Math.log(3), 6); // of three classes that look alike
    expect(loss[0]).not.toBeCloseTo(Math.log(3), 2);
  });

  it("may not train the model themselves", async () => {
    const { model } = classifier();
    const onBatchEnd = () => void model.trainBatch(data.x, data.y);
    await expect(model.fit(data, { callbacks: [{ onBatchEnd }] })).rejects.toThrow(
      /^trainBatch expects a model/,
    );
  });
});

function zeroed(weights: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, w.mul(0)]));
}

describe('"stop"', () => {
  it.each([
    ["onTrainBegin", [], 0],
    ["onEpochBegin", [], 0],
    ["onBatchEnd", [1], 1],
    ["onEpochEnd", [1], 2],
    ["onTrainEnd", [1, 2, 3], 6],
  ] as const)("from %s ends training after the step or epoch", async (moment, epochs, steps) => {
    const log: string[] = [];
    const { model, optimizer } = classifier();
    const callbacks = [scribe(log, "a", { [moment]: () => "stop" }), scribe(log, "b")];
    const history = await model.fit(data, { epochs: 3, batchSize: 12, validation: data, callbacks });
    expect(optimizer.steps).toBe(steps);
    expect(history.loss.length).toBe(epochs.length);
    expect(history.validationLoss?.length).toBe(epochs.length);
    expect(log.filter((line) => line === "b onEpochEnd").length).toBe(epochs.length);
    expect(log.slice(-2)).toEqual(["a onTrainEnd", "b onTrainEnd"]);
    expect(log.filter((line) => line.startsWith("a")).length).toBe(log.length / 2); // b is told of the moment too
  });

  it("may come without a promise, or from a promise of another kind", async () => {
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library is such an object
    const thenable = { then: (resolve: (reply: "stop") => void) => resolve("stop") };
    for (const reply of ["stop", Promise.resolve("stop"), thenable]) {
      const { model, optimizer } = classifier();
      await model.fit(data, { batchSize: 1, callbacks: [{ onBatchEnd: () => reply as "stop" }] });
      expect(optimizer.steps).toBe(1);
    }
  });

  it("leaves the history of the steps that were taken", async () => {
    const { model } = classifier();
    const stopper: Callback = { onBatchEnd: ({ batch }) => (batch === 1 ? "stop" : undefined) };
    const history = await model.fit(data, { batchSize: 8, epochs: 4, shuffle: false, callbacks: [stopper] });
    const twin = classifier().model;
    const [first, second] = cut(data, 8);
    const losses = [first, second].map(({ x, y }) => twin.trainBatch(x, y));
    expect(history.loss).toEqual([expect.closeTo((losses[0] + losses[1]) / 2, 12)]);
    expect(bits(model)).toEqual(bits(twin));
  });
});

describe("a callback that throws", () => {
  it.each(moments)("in %s ends training with its error, and all are told of the end", async (moment) => {
    const log: string[] = [];
    const errors: unknown[] = [];
    const broken = new Error("broken");
    const fail = () => {
      throw broken;
    };
    const { model } = classifier();
    const witness = { onTrainEnd: (event: object) => void errors.push("error" in event && event.error) };
    const callbacks = [scribe(log, "a", { [moment]: fail }), scribe(log, "b"), witness];
    await expect(model.fit(data, { callbacks })).rejects.toBe(broken);
    expect(log.slice(-2)).toEqual(["a onTrainEnd", "b onTrainEnd"]);
    expect(errors).toEqual([moment === "onTrainEnd" ? false : broken]);
    expect(log.includes(`b ${moment}`)).toBe(moment === "onTrainEnd");

    await model.fit(data); // and the model can be trained again
  });

  it("at the end does not hide why training ended", async () => {
    const [first, second] = [new Error("first"), new Error("second")];
    const callback: Callback = {
      onEpochEnd: () => Promise.reject(first),
      onTrainEnd: () => Promise.reject(second),
    };
    await expect(classifier().model.fit(data, { callbacks: [callback, callback] })).rejects.toBe(first);
  });
});
