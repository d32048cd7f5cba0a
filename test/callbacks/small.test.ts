import {
  Adam,
  type Callback,
  type EpochEvent,
  type Rate,
  SGD,
  softmaxCrossEntropy,
  stepDecay,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { lambda, learningRateScheduler, reduceOnPlateau } from "../../src/callbacks/index.js";
import { blobs, classifier } from "../model/support/models.js";
import { inPieces, straight } from "../node/support/interrupted.js";

const data = blobs();

describe("learningRateScheduler", () => {
  it("sets the rate by the epoch, before its first step", async () => {
    const { model, optimizer } = classifier();
    const schedule = stepDecay({ initial: 0.8, every: 2, factor: 0.5 });
    const seen: number[] = [];
    const note: Callback = { onBatchEnd: () => void seen.push(optimizer.learningRate as number) };
    const callbacks = [learningRateScheduler({ optimizer, schedule }), note];
    await model.fit(data, { epochs: 5, initialEpoch: 1, batchSize: 12, callbacks });
    expect(seen).toEqual([0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2]);
    expect(optimizer.learningRate).toBe(0.2);
  });

  it.each([1, 3])("goes on to the same bits when it crashes every %d steps", async (steps) => {
    let callbacks: Callback[] = [];
    const scenario = {
      model: () => {
        const { model, optimizer } = classifier();
        callbacks = [learningRateScheduler({ optimizer, schedule: (epoch) => 0.1 / (1 + epoch) })];
        return model;
      },
      data: () => data,
      options: () => ({ epochs: 4, batchSize: 12, callbacks }),
    };
    const whole = await straight(scenario);
    const { crashes, ...pieces } = await inPieces(scenario, steps);
    expect(pieces).toEqual(whole);
    expect(crashes).toBeGreaterThan(1);
  });

  const grouped = (learningRate: Rate, own: Rate = 0.3) => {
    const { model } = classifier();
    const optimizer = new SGD({ learningRate, groups: [{ match: /bias/, learningRate: own }] });
    model.compile({ loss: softmaxCrossEntropy(), optimizer });
    return { model, optimizer };
  };

  it("keeps the ratio of rates of groups to η, through an η of 0 and a second training", async () => {
    const { model, optimizer } = grouped(0.1);
    const seen: unknown[] = [];
    const note: Callback = { onEpochEnd: () => void seen.push(optimizer.groups.rates[0]) };
    for (const rates of [[0.2, 0], [0.05]]) {
      const callbacks = [learningRateScheduler({ schedule: (epoch) => rates[epoch] }), note];
      await model.fit(data, { epochs: rates.length, batchSize: 12, callbacks });
    }
    expect(seen).toEqual([expect.closeTo(0.6, 12), 0, expect.closeTo(0.15, 12)]);
  });

  it("goes on to the same bits with groups", async () => {
    const plateau = () => reduceOnPlateau({ monitor: "loss", patience: 1, minDelta: 1e9, factor: 0.5 });
    const scenario = {
      model: () => grouped(0.1).model,
      data: () => data,
      options: () => ({ epochs: 5, batchSize: 12, callbacks: [plateau()] }),
    };
    const whole = await straight(scenario);
    const { crashes, ...pieces } = await inPieces(scenario, 1);
    expect(pieces).toEqual(whole);
    expect(crashes).toBeGreaterThan(1);
  });

  it.each<[RegExp, Rate, Rate]>([
    [/whose `learningRate` is a number, but got/, (at) => 1 / (at + 1), 0.3],
    [/whose `learningRate` in groups\[0\] is a number, but got/, 0.1, (at) => 1 / (at + 1)],
    [/a `learningRate` above 0 beside rates of groups, but got 0\. Rates of groups keep/, 0, 0.3],
  ])("refuses groups that have no ratio to η: %s", async (message, learningRate, own) => {
    const { model, optimizer } = grouped(learningRate, own);
    const callbacks = [learningRateScheduler({ schedule: () => 0.5 })];
    await expect(model.fit(data, { callbacks })).rejects.toThrow(message);
    expect(optimizer.learningRate).toBe(learningRate);
  });

  it("refuses a rate that is none, and an optimizer of none", async () => {
    const { model, optimizer } = classifier();
    const none = learningRateScheduler({ optimizer, schedule: () => -1 });
    await expect(model.fit(data, { callbacks: [none] })).rejects.toThrow(
      /^A schedule expects to return a finite rate of at least 0, but got -1 at step 0/,
    );
    const idle = learningRateScheduler({ optimizer: new Adam(), schedule: () => 1 });
    await expect(model.fit(data, { callbacks: [idle] })).rejects.toThrow(
      /^learningRateScheduler expects the optimizer that the model is compiled with/,
    );
    const other = learningRateScheduler({ optimizer: classifier().optimizer, schedule: () => 1 });
    await expect(model.fit(data, { callbacks: [other] })).rejects.toThrow(
      /^learningRateScheduler expects the optimizer that the model is compiled with, Adam, but got another Adam\. Leave/,
    );
    expect(() => learningRateScheduler({ optimizer, schedule: 0.1 as never })).toThrow(
      /^learningRateScheduler expects `schedule` to be a schedule such as/,
    );
    expect(() => learningRateScheduler({ optimizer: "adam" as never, schedule: () => 1 })).toThrow(
      /`optimizer` to be an optimizer such as new Adam\(\), but got "adam"/,
    );
  });
});

describe("lambda", () => {
  it("is a callback of its functions", async () => {
    const told: string[] = [];
    const note = (moment: string) => (event: Partial<EpochEvent>) =>
      void told.push(`${moment} ${event.epoch}`);
    const stop = lambda({
      onTrainBegin: note("begin"),
      onEpochBegin: note("epoch"),
      onBatchEnd: note("batch"),
      onEpochEnd: ({ epoch }) => (epoch === 1 ? "stop" : undefined),
      onTrainEnd: note("end"),
    });
    const { model } = classifier();
    await model.fit(data, { epochs: 5, batchSize: 24, callbacks: [stop] });
    expect(told).toEqual(["begin undefined", "epoch 0", "batch 0", "epoch 1", "batch 1", "end undefined"]);
  });

  it("stays the same object, with its state", () => {
    let count = 3;
    const own: Callback = {
      name: "own",
      get state() {
        return { numbers: { count } };
      },
      set state({ numbers }) {
        count = numbers.count;
      },
    };
    const made = lambda(own);
    made.state = { numbers: { count: 9 } };
    expect([made === own, count, made.state]).toEqual([true, 9, { numbers: { count: 9 } }]);
  });

  it.each<[RegExp, unknown]>([
    [
      /^lambda expects only the options name, .*, but got "onEpochend"\. Did you mean "onEpochEnd"\?$/,
      { onEpochend() {} },
    ],
    [/^lambda expects `onBatchEnd` to be a function, but got "log"/, { onBatchEnd: "log" }],
    [/^lambda expects an options object, but got the function log/, function log() {}],
  ])("refuses %s", (message, handlers) => {
    expect(() => lambda(handlers as never)).toThrow(message);
  });
});

it("takes the model's own optimizer where none is given", async () => {
  const { model } = classifier();
  const [scheduler, plateau] = [
    learningRateScheduler({ schedule: (epoch) => 0.01 / (epoch + 1) }),
    reduceOnPlateau({ monitor: "loss", patience: 1, minDelta: 1e9, factor: 0.5 }),
  ];
  await model.fit(blobs(8), { epochs: 2, callbacks: [scheduler] });
  expect(model.optimizer?.learningRate).toBe(0.005);
  await model.fit(blobs(8), { epochs: 3, callbacks: [plateau] });
  expect(model.optimizer?.learningRate).toBeLessThan(0.005);
});

it("knows an optimizer that gathers more steps than an epoch has", async () => {
  const { model } = classifier();
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1, accumulate: 8 }) });
  const plateau = reduceOnPlateau({ monitor: "loss" });
  await expect(model.fit(data, { epochs: 2, batchSize: 12, callbacks: [plateau] })).resolves.toBeDefined();
});
