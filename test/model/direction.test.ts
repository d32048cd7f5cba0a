import { join } from "node:path";
import {
  type Accumulator,
  Dense,
  earlyStopping,
  Matrix,
  type Metric,
  meanSquaredError,
  reduceOnPlateau,
  Sequential,
  SGD,
} from "chainrule";
import { checkpoint, loadModel } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { lossMetric } from "../../src/metrics/loss-metric.js";
import * as metrics from "../../src/metrics.js";
import { emptyFolder } from "../node/support/interrupted.js";
import { bits } from "./support/models.js";

const x = Matrix.from([[0], [1], [2], [3]]);

/** Puts out these numbers, one an epoch, whatever the model does. */
function played(curve: readonly number[], about: Partial<Metric> = {}, passes = 1): Metric {
  let starts = -1;
  const start = (): Accumulator => {
    const epoch = Math.floor(++starts / passes);
    return { add() {}, value: () => curve[epoch], state: [] };
  };
  return { name: "played", start, ...about };
}

function compiled(metric: Metric) {
  return new Sequential([new Dense({ units: 1 })], { input: [1], seed: 1 }).compile({
    loss: meanSquaredError(),
    optimizer: new SGD({ learningRate: 0.01 }),
    metrics: [metric],
  });
}

const data = { x, y: x };
const curve = [1, 3, 2, 2.5, 2.9];
const higher = { higherIsBetter: true };

/** The epoch whose weights are restored. */
async function bestBy(metric: Metric, options: object = {}, fit: object = {}) {
  const model = compiled(metric);
  const seen: string[] = [];
  await model.fit(data, {
    epochs: 5,
    callbacks: [
      { onEpochEnd: () => void seen.push(String(bits(model))) },
      earlyStopping({ monitor: metric.name, patience: 9, ...options }),
    ],
    ...fit,
  });
  return seen.indexOf(String(bits(model)));
}

describe("what is better", () => {
  it("is what the metric says, in earlyStopping", async () => {
    expect(await bestBy(played(curve, higher))).toBe(1);
    expect(await bestBy(played(curve, { higherIsBetter: false }))).toBe(0);
    expect(await bestBy(played(curve, { name: "myAccuracy" }))).toBe(1);
    expect(await bestBy(played(curve, { name: "myAccuracy", higherIsBetter: false }))).toBe(0);
  });

  it("is so in validation too", async () => {
    const fit = { validation: data };
    expect(await bestBy(played(curve, higher, 2), { monitor: "validationPlayed" }, fit)).toBe(1);
    expect(
      await bestBy(played(curve, { higherIsBetter: false }, 2), { monitor: "validationPlayed" }, fit),
    ).toBe(0);
  });

  it("is what `mode` says, if it does", async () => {
    expect(await bestBy(played(curve, higher), { mode: "min" })).toBe(0);
    expect(await bestBy(played(curve), { mode: "max" })).toBe(1);
  });

  it("is a smaller loss, beside any metric", async () => {
    const model = compiled(played(curve, higher));
    const { loss } = await model.fit(data, { epochs: 3, callbacks: [earlyStopping({ monitor: "loss" })] });
    expect(loss[2]).toBeLessThan(loss[0]);
    expect(await bestBy(played(curve, higher), { monitor: "loss" })).toBe(4);
  });

  it("is what the metric says, in reduceOnPlateau", async () => {
    const rates = async (metric: Metric) => {
      const model = compiled(metric);
      const options = { monitor: "played", patience: 2, factor: 0.5 };
      await model.fit(data, { epochs: 4, callbacks: [reduceOnPlateau(options)] });
      return model.optimizer?.learningRate;
    };
    const rising = [1, 2, 3, 4];
    expect(await rates(played(rising, higher))).toBe(0.01);
    expect(await rates(played(rising, { higherIsBetter: false }))).toBe(0.005);
  });

  it("is what the metric says, in checkpoint", async () => {
    const folder = emptyFolder();
    const model = compiled(played(curve, higher));
    const seen: number[][] = [];
    await model.fit(data, {
      epochs: 5,
      callbacks: [checkpoint(folder, { best: "played" }), { onEpochEnd: () => void seen.push(bits(model)) }],
    });
    expect(bits(await loadModel(join(folder, "best.safetensors")))).toEqual(seen[1]);
  });

  it.each([
    ["earlyStopping", () => earlyStopping({ monitor: "validationPlayed" })],
    ["reduceOnPlateau", () => reduceOnPlateau({ monitor: "validationPlayed" })],
    ["checkpoint", () => checkpoint(emptyFolder(), { best: "validationPlayed" })],
  ])("has to be said to %s, before anything is trained", async (name, make) => {
    const model = compiled(played(curve));
    const before = bits(model);
    const callback = make();
    await expect(model.fit(data, { validation: data, callbacks: [callback] })).rejects.toThrow(
      `${name} expects to know whether higher is better of "validationPlayed", but got no word of it. ` +
        `Give ${name} \`mode\`: "min" or "max", or the metric \`higherIsBetter\`.`,
    );
    expect(bits(model)).toEqual(before);
  });
});

describe("metrics of the library say what is better", () => {
  const own: Record<string, () => Metric> = {
    ...metrics,
    topK: () => metrics.topK({ k: 1 }),
    lossMetric: () => lossMetric(meanSquaredError()),
  };
  const yes = Matrix.from([[1], [0], [1], [0]]);
  const hot = Matrix.from([
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
  ]);

  it.each(Object.entries(own))("%s", (name, factory) => {
    const metric = factory();
    expect(metric.higherIsBetter).toBeTypeOf("boolean");
    const target = name === "topK" ? hot : yes;
    const measured = (prediction: Matrix) => {
      const accumulator = metric.start("probability");
      accumulator.add(prediction, target);
      return accumulator.value();
    };
    const [right, wrong] = [measured(target.map((t) => 0.9 * t)), measured(target.map((t) => 1 - t))];
    expect(right > wrong, `${right} beside ${wrong}`).toBe(metric.higherIsBetter);
  });
});
