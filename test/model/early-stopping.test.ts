import { type Callback, type EarlyStoppingOptions, earlyStopping, type FitOptions } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const data = blobs();

/** Trains while `curve` stands for what is measured; returns the weights of each epoch and those in the end. */
async function train(
  curve: readonly number[],
  stopping: EarlyStoppingOptions,
  options: FitOptions = {},
  after: Callback = {},
) {
  const { model } = classifier();
  const monitor = stopping.monitor ?? "validationLoss";
  const epochs: number[][] = [];
  const play: Callback = {
    onEpochEnd({ epoch, logs }) {
      epochs.push(bits(model));
      (logs as Record<string, number>)[monitor] = curve[epoch];
    },
  };
  const run = model.fit(data, {
    epochs: curve.length,
    validation: data,
    callbacks: [play, earlyStopping(stopping), after],
    ...options,
  });
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  /** Which epoch's weights the model has now. */
  const restored = epochs.findIndex((numbers) => String(numbers) === String(bits(model)));
  return { trained: epochs.length, restored, error };
}

describe("earlyStopping", () => {
  it.each([
    ["stops after `patience` epochs without improvement", [5, 4, 4, 4, 4, 1], { patience: 2 }, 4, 1],
    ["waits 3 epochs by default", [5, 4, 6, 6, 6, 6, 1], {}, 5, 1],
    ["begins to wait anew with each improvement", [5, 6, 4, 6, 3, 6, 6, 1], { patience: 2 }, 7, 4],
    ["waits for nothing with a patience of 0", [5, 4, 4, 1], { patience: 0 }, 3, 1],
    ["restores the best weights at the normal end too", [5, 2, 4], {}, 3, 1],
    ["keeps the last weights where they are the best", [5, 4, 3], {}, 3, 2],
    ["takes NaN for no improvement", [5, Number.NaN, Number.NaN, 1], { patience: 2 }, 3, 0],
    ["counts only what is better by minDelta", [5, 4.9, 4.8, 4.7, 1], { minDelta: 0.5, patience: 3 }, 4, 0],
    ["counts from startFromEpoch on", [1, 9, 8, 7, 7, 7], { startFromEpoch: 2, patience: 2 }, 6, 3],
    ["needs a baseline to be beaten", [5, 4, 3, 1], { baseline: 2, patience: 3 }, 3, 2],
    ["counts what beats the baseline", [5, 1, 3, 3], { baseline: 2, patience: 2 }, 4, 1],
    ["looks for the largest in mode max", [1, 2, 1, 1], { mode: "max", patience: 2 }, 4, 1],
    ["looks for the largest accuracy", [0.1, 0.9, 0.8], { monitor: "validationAccuracy", patience: 1 }, 3, 1],
    [
      "looks for the smallest where it is told to",
      [0.1, 0.9],
      { monitor: "accuracy", mode: "min", patience: 1 },
      2,
      0,
    ],
    ["can leave the last weights", [5, 4, 6, 6], { restoreBestWeights: false, patience: 2 }, 4, 3],
  ] as const)("%s", async (_, curve, options, trained, restored) => {
    expect(await train(curve, options)).toEqual({ trained, restored, error: undefined });
  });

  it("restores the best weights after an error", async () => {
    const broken = new Error("broken");
    const after: Callback = { onEpochEnd: ({ epoch }) => (epoch === 2 ? Promise.reject(broken) : undefined) };
    expect(await train([5, 4, 6, 6], {}, {}, after)).toEqual({ trained: 3, restored: 1, error: broken });
  });

  it("restores the best weights after an abort", async () => {
    const controller = new AbortController();
    const after: Callback = {
      onEpochEnd: ({ epoch }) => (epoch === 2 ? controller.abort("enough") : undefined),
    };
    const { signal } = controller;
    expect(await train([5, 4, 6, 6], {}, { signal }, after)).toEqual({
      trained: 3,
      restored: 1,
      error: "enough",
    });
  });

  it("restores the best weights after another's stop", async () => {
    const after: Callback = { onEpochEnd: ({ epoch }) => (epoch === 2 ? "stop" : undefined) };
    expect(await train([5, 4, 6, 6], {}, {}, after)).toEqual({ trained: 3, restored: 1, error: undefined });
  });

  it("can be used for one fit after the other, and remembers nothing", async () => {
    const { model } = classifier();
    const stopper = earlyStopping({ monitor: "loss", patience: 9 });
    await model.fit(data, { epochs: 3, callbacks: [stopper] });
    const broken: Callback = { onTrainBegin: () => Promise.reject(new Error("broken")) };
    model.setWeights(classifier({ seed: 6 }).model.getWeights());
    const before = bits(model);
    await expect(model.fit(data, { callbacks: [broken, stopper] })).rejects.toThrow("broken");
    expect(bits(model)).toEqual(before);
    const { loss } = await model.fit(data, { epochs: 3, callbacks: [stopper] });
    expect(loss.length).toBe(3);
  });

  it("watches one training at a time", async () => {
    const [one, other] = [classifier().model, classifier({ seed: 6 }).model];
    const stopper = earlyStopping({ monitor: "loss" });
    const first = one.fit(data, { epochs: 2, callbacks: [stopper] });
    const second = other.fit(data, { epochs: 2, callbacks: [stopper] });
    await expect(second).rejects.toThrow(
      "earlyStopping expects one training at a time, but got a second. Make one for each model.",
    );
    expect((await first).loss.length).toBe(2);
    expect(bits(other)).toEqual(bits(classifier({ seed: 6 }).model));
  });
});
