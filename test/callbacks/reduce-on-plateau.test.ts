import { Adam, type Callback, cosineDecay, SGD, softmaxCrossEntropy } from "chainrule";
import { describe, expect, it } from "vitest";
import { type ReduceOnPlateauOptions, reduceOnPlateau } from "../../src/callbacks/index.js";
import { readGolden } from "../kernels/compare.js";
import { blobs, classifier } from "../model/support/models.js";
import { inPieces, straight } from "../node/support/interrupted.js";

type Options = Omit<ReduceOnPlateauOptions, "optimizer">;

const data = blobs();

/** The rate in each epoch's end where this curve stands for what is measured. */
async function rates(curve: readonly number[], options: Options, learningRate = 0.1): Promise<number[]> {
  const { model, optimizer } = classifier();
  optimizer.learningRate = learningRate;
  const got: number[] = [];
  const monitor = options.monitor ?? "validationLoss";
  const play: Callback = {
    onEpochEnd({ epoch, logs }) {
      (logs as Record<string, number>)[monitor] = curve[epoch];
    },
  };
  const note: Callback = { onEpochEnd: () => void got.push(optimizer.learningRate as number) };
  await model.fit(data, {
    epochs: curve.length,
    batchSize: 24,
    validation: data,
    callbacks: [play, reduceOnPlateau({ optimizer, ...options }), note],
  });
  return got;
}

interface Case {
  title: string;
  options: Options;
  curve: number[];
  rates: number[];
}

const { cases } = readGolden<{ cases: Case[] }>("plateau");

describe("reduceOnPlateau as PyTorch's ReduceLROnPlateau", () => {
  it.each(cases.map((c) => [c.title, c] as const))("%s", async (_, { options, curve, rates: wanted }) => {
    const got = await rates(curve, options);
    expect(got).toEqual(wanted.map((rate) => expect.closeTo(rate, 14)));
  });
});

describe("reduceOnPlateau", () => {
  it("waits 10 epochs, and takes a tenth, by default", async () => {
    const got = await rates(Array(12).fill(1), {});
    expect(got).toEqual([...Array(10).fill(0.1), ...Array(2).fill(expect.closeTo(0.01, 15))]);
  });

  it("looks for the largest accuracy, unless told otherwise", async () => {
    const curve = [0.1, 0.2, 0.3, 0.3];
    const options = { monitor: "validationAccuracy", patience: 1, factor: 0.5 };
    expect(await rates(curve, options, 1)).toEqual([1, 1, 1, 0.5]);
    expect(await rates(curve, { ...options, mode: "min" }, 1)).toEqual([1, 0.5, 0.25, 0.125]);
    expect(await rates(curve, { patience: 1, factor: 0.5, mode: "max" }, 1)).toEqual([1, 1, 1, 0.5]);
    expect(await rates(curve, { patience: 1, factor: 0.5 }, 1)).toEqual([1, 0.5, 0.25, 0.125]);
  });

  it("never raises a rate that is below minRate already", async () => {
    expect(await rates([1, 1, 1], { patience: 1, minRate: 5 }, 1)).toEqual([1, 1, 1]);
  });

  it("reduces the rates of groups too, each to minRate", async () => {
    const groups = [
      { match: /^0\.weight/, learningRate: 0.4 },
      { match: /^0/, weightDecay: 0.1 },
      { match: /3\.bias/, learningRate: 0.08 },
    ];
    const { model } = classifier();
    const optimizer = new SGD({ learningRate: 0.2, groups });
    model.compile({ loss: softmaxCrossEntropy(), optimizer });
    const how = { monitor: "loss", patience: 1, minDelta: 1e9, factor: 0.5, minRate: 0.05 };
    await model.fit(data, { epochs: 2, batchSize: 24, callbacks: [reduceOnPlateau(how)] });
    expect([optimizer.learningRate, ...optimizer.groups.rates]).toEqual([0.1, 0.2, undefined, 0.05]);
    await model.fit(data, { epochs: 4, batchSize: 24, callbacks: [reduceOnPlateau(how)] });
    expect([optimizer.learningRate, ...optimizer.groups.rates]).toEqual([0.05, 0.05, undefined, 0.05]);
  });

  it("begins anew with each training", async () => {
    const { model, optimizer } = classifier();
    optimizer.learningRate = 1;
    const callbacks = [
      reduceOnPlateau({ optimizer, monitor: "loss", patience: 1, minDelta: 1e9, factor: 0.5 }),
    ];
    // The first epoch of each beats ∞.
    await model.fit(data, { epochs: 2, callbacks, batchSize: 24 });
    expect(optimizer.learningRate).toBe(0.5);
    await model.fit(data, { epochs: 1, callbacks, batchSize: 24 });
    expect(optimizer.learningRate).toBe(0.5);
  });

  it.each([1, 3, 7])("goes on to the same bits when it crashes every %d steps", async (steps) => {
    let optimizer = new Adam();
    const scenario = {
      model() {
        const made = classifier();
        optimizer = made.optimizer;
        return made.model;
      },
      data: () => data,
      options: () => ({ epochs: 8, batchSize: 12, callbacks: [reduceOnPlateau({ optimizer, ...how })] }),
    };
    const how = { monitor: "loss", patience: 1, minDelta: 0.2, factor: 0.5, cooldown: 1 };
    const whole = await straight(scenario);
    const { learningRate } = optimizer;
    expect(learningRate).toBeLessThan(0.02 / 2); // it was reduced more than once
    const { crashes, ...pieces } = await inPieces(scenario, steps);
    expect(pieces).toEqual(whole);
    expect(optimizer.learningRate).toBe(learningRate);
    expect(crashes).toBeGreaterThan(1);
  });

  describe("refuses", () => {
    const trainWith = (callback: (optimizer: Adam) => Callback) => {
      const { model, optimizer } = classifier();
      return model.fit(data, { epochs: 1, callbacks: [callback(optimizer)] });
    };

    it("what is not measured", async () => {
      await expect(trainWith((optimizer) => reduceOnPlateau({ optimizer }))).rejects.toThrow(
        /^reduceOnPlateau expects a number called "validationLoss", but got only loss, accuracy\. Give fit `validation`/,
      );
      await expect(trainWith((optimizer) => reduceOnPlateau({ optimizer, monitor: "los" }))).rejects.toThrow(
        /Did you mean "loss"\?$/,
      );
    });

    it("the optimizer of another model, and of none", async () => {
      const other = classifier().optimizer;
      await expect(trainWith(() => reduceOnPlateau({ optimizer: other, monitor: "loss" }))).rejects.toThrow(
        /^reduceOnPlateau expects the optimizer that the model is compiled with, Adam, but got another Adam\. Leave `optimizer` out, or compile the model with it\.$/,
      );
      const none = new Adam();
      await expect(trainWith(() => reduceOnPlateau({ optimizer: none, monitor: "loss" }))).rejects.toThrow(
        /^reduceOnPlateau expects the optimizer that the model is compiled with, Adam, but got another Adam/,
      );
      expect(() =>
        classifier().model.compile({ loss: softmaxCrossEntropy(), optimizer: none }),
      ).not.toThrow();
    });

    it("a schedule as the rate of a group", async () => {
      const { model } = classifier();
      const groups = [{ match: /bias/, learningRate: cosineDecay({ initial: 1, steps: 5 }) }];
      model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1, groups }) });
      await expect(model.fit(data, { callbacks: [reduceOnPlateau({ monitor: "loss" })] })).rejects.toThrow(
        /^reduceOnPlateau expects an optimizer whose `learningRate` in groups\[0\] is a number, but got .*Give the optimizer a number/,
      );
    });

    it("a schedule as the rate", async () => {
      const run = trainWith((optimizer) => {
        optimizer.learningRate = cosineDecay({ initial: 1, steps: 5 });
        return reduceOnPlateau({ optimizer, monitor: "loss" });
      });
      await expect(run).rejects.toThrow(
        /^reduceOnPlateau expects an optimizer whose `learningRate` is a number/,
      );
    });

    it.each<[RegExp, object]>([
      [/`optimizer` to be an optimizer such as new Adam\(\), but got null/, { optimizer: null }],
      [/`factor` to be a number from 0 up to, but not including, 1/, { optimizer: new Adam(), factor: 1 }],
      [/`patience` to be a whole number/, { optimizer: new Adam(), patience: 1.5 }],
      [/"minLr"/, { optimizer: new Adam(), minLr: 1 }],
    ])("%s", (message, options) => {
      expect(() => reduceOnPlateau(options as never)).toThrow(message);
    });
  });
});
