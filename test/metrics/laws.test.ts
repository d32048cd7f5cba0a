import {
  binaryAccuracy,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  Dense,
  f1,
  huber,
  Matrix,
  type Metric,
  meanSquaredError,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { lossMetric } from "../../src/metrics/loss-metric.js";
import * as metrics from "../../src/metrics.js";
import { gathered } from "./gather.js";

const column = (...numbers: number[]) => Matrix.from(numbers.map((x) => [x]));

const factories: [string, () => Metric][] = [
  ...Object.entries(metrics),
  ["lossMetric", () => lossMetric(meanSquaredError())],
];
/** What `accuracy` refuses is in its own tests. */
const checked = factories.filter(([name]) => name !== "accuracy");

/** Two columns for topK({ k: 5 }) are too few. */
const columns = (name: string) => (name === "topK" ? 6 : 1);
const some = (name: string, rows = 3) => ({
  prediction: Matrix.zeros(rows, columns(name)).map((_, r, c) => (0.2 * (r + c)) % 1),
  target: Matrix.zeros(rows, 1).map((_, r) => r % 2),
});

describe.each(factories)("%s", (name, factory) => {
  it("of nothing, or of rows that weigh nothing, is no number", () => {
    const accumulator = factory().start("probability");
    expect(accumulator.value()).toBeNaN();
    const { prediction, target } = some(name);
    accumulator.add(prediction.slice(0, 0), target.slice(0, 0));
    accumulator.add(prediction, target, column(0, 0, 0));
    expect(accumulator.value()).toBeNaN();
    const restored = factory().start("probability");
    restored.state = JSON.parse(JSON.stringify(accumulator.state)) as number[];
    expect(restored.value()).toBeNaN();
    for (const each of [accumulator, restored]) each.add(prediction, target);
    expect(restored.value()).toBe(gathered(factory(), some(name)));
    expect(accumulator.value()).toBe(restored.value());
  });

  it("passes by rows that weigh nothing", () => {
    const { prediction, target } = some(name);
    const two = { prediction: prediction.slice(0, 2), target: target.slice(0, 2) };
    expect(gathered(factory(), { prediction, target, weight: column(1, 1, 0) })).toBe(
      gathered(factory(), two),
    );
  });

  it("has a state of finite numbers, which is a copy", () => {
    const accumulator = factory().start("probability");
    const { prediction, target } = some(name);
    accumulator.add(prediction, target);
    const { state } = accumulator;
    expect(state!.every(Number.isFinite)).toBe(true);
    const kept = [...state!];
    accumulator.add(prediction, target);
    expect(state).toEqual(kept);
    const restored = factory().start("probability");
    restored.state = state!;
    restored.add(prediction, target);
    expect(state).toEqual(kept);
    expect(restored.value()).toBe(accumulator.value());
  });

  it("starts anew every time", () => {
    const metric = factory();
    const { prediction, target } = some(name, 4);
    metric.start("probability").add(prediction, target);
    expect(gathered(metric, { prediction, target })).toBe(gathered(factory(), { prediction, target }));
  });
});

describe.each(checked)("%s", (name, factory) => {
  it("refuses rows and weights that do not fit", () => {
    const { prediction, target } = some(name);
    const add = (...args: Parameters<ReturnType<Metric["start"]>["add"]>) =>
      factory()
        .start("probability")
        .add(...args);
    expect(() => add(prediction, target.slice(0, 2))).toThrow(
      "a target for each of 3 predictions, but got 2",
    );
    expect(() => add(prediction, target, column(1, 1))).toThrow("weights [3 × 1], but got [2 × 1]");
    expect(() => add([[1]] as never, target)).toThrow("a Matrix of predictions and a Matrix of targets");
  });

  it("refuses a state that is not its own", () => {
    const accumulator = factory().start("probability");
    expect(() => {
      accumulator.state = [3];
    }).toThrow(`${name === "lossMetric" ? "meanSquaredError" : name} expects a state of`);
    expect(() => {
      accumulator.state = [2, 1, 2, 3, 4, 5, 6];
    }).toThrow("It is of another metric, or damaged.");
  });
});

it("refuses another number of columns in the next batch, and weights that are none", () => {
  const accumulator = f1().start("probability");
  accumulator.add(Matrix.zeros(1, 3), column(0));
  expect(() => accumulator.add(Matrix.zeros(1, 4), column(0))).toThrow(
    "f1 expects predictions of 3 columns in every batch, but got 4 columns.",
  );
  for (const w of [-1, Number.NaN, Infinity]) {
    expect(() => accumulator.add(Matrix.zeros(1, 3), column(0), column(w))).toThrow(
      `f1 expects finite weights of at least 0, but got ${w}.`,
    );
  }
});

it("refuses unknown and unfit options", () => {
  expect(() => f1({ averge: "macro" } as object)).toThrow('Did you mean "average"?');
  expect(() => f1({ average: "mean" as "macro" })).toThrow('one of "macro", "micro", "weighted"');
  expect(() => metrics.fBeta({ beta: -1 })).toThrow(
    "`beta` to be a finite number of at least 0, but got -1.",
  );
  expect(() => metrics.rocAuc({ multiLabel: 1 as never })).toThrow("`multiLabel` to be true or false");
  expect(() => binaryAccuracy({ threshold: Number.NaN })).toThrow("`threshold` to be a finite number");
});

describe("lossMetric", () => {
  const rows = { prediction: column(1, 5), target: column(0, 1) };

  it("is the mean of a loss, by its name or another", () => {
    expect(gathered(lossMetric(huber()), rows, { meaning: "value" })).toBe((0.5 + 3.5) / 2);
    expect(lossMetric(huber()).name).toBe("huber");
    expect(lossMetric(huber({ delta: 2 }), "wide").name).toBe("wide");
  });

  it("takes logits in the form of the loss that does", () => {
    const binary = lossMetric(binaryCrossEntropy());
    expect(gathered(binary, rows, { meaning: "logit" })).toBe(
      gathered(lossMetric(binaryCrossEntropy({ fromLogits: true })), rows, { meaning: "logit" }),
    );
    const z = { prediction: Matrix.from([[0, 900]]), target: column(0) };
    expect(gathered(lossMetric(categoricalCrossEntropy()), z, { meaning: "logit" })).toBe(900);
  });

  it("refuses a loss on logits where a model puts out probabilities", () => {
    expect(() => lossMetric(softmaxCrossEntropy()).start("probability")).toThrow(
      'The metric "softmaxCrossEntropy" expects logits, but got probabilities. Choose the form of the loss',
    );
  });
});

it("reports metrics in training and evaluation by their names", async () => {
  const x = column(-2, -1, 1, 2);
  const y = column(0, 0, 1, 1);
  const model = new Sequential([new Dense({ units: 1 })], { input: [1], seed: 1 }).compile({
    loss: binaryCrossEntropy({ fromLogits: true }),
    optimizer: new SGD({ learningRate: 1 }),
    metrics: [metrics.rocAuc(), f1(), metrics.logLoss()],
  });
  const history = await model.fit({ x, y }, { epochs: 20 });
  expect(history.rocAuc[19]).toBe(1);
  expect(history.logLoss[19]).toBeCloseTo(history.loss[19], 12);
  const report = await model.evaluate({ x, y });
  expect(report.rocAuc).toBe(1);
  expect(report.f1).toBe(1);
  expect(report.logLoss).toBeCloseTo(report.loss, 12);
});
