import {
  Adam,
  accuracy,
  Dense,
  type History,
  type Metric,
  meanSquaredError,
  type Report,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { blobs, classifier } from "./support/models.js";

const data = blobs();

/** The share of rows of class 0. */
const zeros = (): Metric<"zeros"> => ({
  name: "zeros",
  start() {
    let [hits, rows] = [0, 0];
    return {
      add(_, target) {
        rows += target.rows;
        for (const t of target.data) if (t === 0) hits++;
      },
      value: () => hits / rows,
    };
  },
});

describe("the history", () => {
  it("has a number an epoch under each name", async () => {
    const { model } = classifier();
    const history = await model.fit(data, { epochs: 3, validationSplit: 0.25 });
    expect(Object.keys(history)).toEqual(["loss", "accuracy", "validationLoss", "validationAccuracy"]);
    for (const numbers of Object.values(history)) {
      expect(numbers.length).toBe(3);
      for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
    }
  });

  it("has no validation without validation, and no metrics without metrics", async () => {
    const model = new Sequential([new Dense({ units: 3 })]).compile({
      loss: softmaxCrossEntropy(),
      optimizer: new Adam(),
    });
    expect(Object.keys(await model.fit(data))).toEqual(["loss"]);
    expect(Object.keys(await model.evaluate(data))).toEqual(["loss"]);
  });

  it("takes the names of metrics of one's own", async () => {
    const model = new Sequential([new Dense({ units: 3 })]).compile({
      loss: softmaxCrossEntropy(),
      optimizer: new Adam(),
      metrics: [zeros(), accuracy()],
    });
    const history = await model.fit(data, { epochs: 2, validation: data });
    expect(history.zeros).toEqual([1 / 3, 1 / 3]);
    expect(history.validationZeros).toEqual([1 / 3, 1 / 3]);
    expect((await model.evaluate(data)).zeros).toBe(1 / 3);
  });

  it("is empty where no epoch is left to train", async () => {
    const { model } = classifier();
    expect(await model.fit(data, { epochs: 2, initialEpoch: 2 })).toEqual({ loss: [], accuracy: [] });
  });

  it("weighs each batch by its rows", async () => {
    const model = new Sequential([new Dense({ units: 3 })]).compile({
      loss: softmaxCrossEntropy(),
      optimizer: new SGD({ learningRate: 0 }),
      metrics: [accuracy()],
    });
    const { loss, accuracy: share } = await model.fit(data, { batchSize: 7 }); // 7, 7, 7 and 3 rows
    const evaluated = await model.evaluate(data);
    expect(loss[0]).toBeCloseTo(evaluated.loss, 12);
    expect(share[0]).toBe(evaluated.accuracy);
  });
});

it("verbose prints a line an epoch", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await classifier().model.fit(data, { epochs: 2, verbose: true });
    expect(log.mock.calls.map(([line]) => String(line))).toEqual([
      expect.stringMatching(/^epoch 1\/2 {2}loss \d\.\d+ {2}accuracy 0\.\d+$/),
      expect.stringMatching(/^epoch 2\/2 {2}loss \d\.\d+ {2}accuracy 0\.\d+$/),
    ]);
  } finally {
    log.mockRestore();
  }
});

describe("types", () => {
  const layers = () => [new Dense({ units: 3 })];
  const optimizer = new Adam();

  it("know the metrics of a compiled model", () => {
    const model = new Sequential(layers()).compile({
      loss: meanSquaredError(),
      optimizer,
      metrics: [accuracy(), zeros()],
    });
    expectTypeOf(model).toEqualTypeOf<Sequential<"accuracy" | "zeros">>();
    expectTypeOf<History<"accuracy">["accuracy"]>().toEqualTypeOf<number[]>();
    expectTypeOf<History<"accuracy">["validationAccuracy"]>().toEqualTypeOf<number[] | undefined>();
    expectTypeOf<Report<"accuracy">>().branded.toEqualTypeOf<{ loss: number; accuracy: number }>();
    expectTypeOf(model.fit).returns.resolves.toHaveProperty("validationZeros");
    expectTypeOf(model.evaluate).returns.resolves.toHaveProperty("zeros");
  });

  it("refuse names that are not measured", () => {
    const plain = new Sequential(layers()).compile({ loss: meanSquaredError(), optimizer: new Adam() });
    const read = async () => {
      const history = await plain.fit(data);
      // @ts-expect-error nothing measures an accuracy
      history.accuracy;
      // @ts-expect-error nor that of validation data
      history.validationAccuracy;
      // @ts-expect-error evaluate has no arrays
      (await plain.evaluate(data)).loss.length;
    };
    expect(read).toBeTypeOf("function");
    expectTypeOf<History>().branded.toEqualTypeOf<{ loss: number[]; validationLoss?: number[] }>();
  });

  it("refuse options and losses that there are not", () => {
    const wrong = () => {
      // @ts-expect-error an optimizer is needed
      new Sequential(layers()).compile({ loss: meanSquaredError() });
      // @ts-expect-error `epoch` is `epochs`
      classifier().model.fit(data, { epoch: 3 });
      // @ts-expect-error "all" is "full"
      classifier().model.fit(data, { batchSize: "all" });
      // @ts-expect-error a callback replies "stop" or nothing
      classifier().model.fit(data, { callbacks: [{ onEpochEnd: () => "end" }] });
    };
    expect(wrong).toBeTypeOf("function");
  });
});
