import {
  accuracy,
  binaryAccuracy,
  cosineEmbedding,
  Dense,
  f1,
  hinge,
  type Loss,
  Matrix,
  type Metric,
  marginRanking,
  matthews,
  meanSquaredError,
  prAuc,
  precision,
  recall,
  rocAuc,
  Sequential,
  SGD,
  squaredHinge,
  Tanh,
  topK,
} from "chainrule";
import { describe, expect, it } from "vitest";

const column = (...numbers: number[]) => Matrix.from(numbers.map((x) => [x]));
const yesNo = (m: Matrix) => m.map((t) => (t === 1 ? 1 : 0));

// TP 2, FN 1, FP 1, TN 1; a score of 0 is no yes.
const scores = column(0.3, -0.2, 2, 0.1, 0);
const signs = column(1, 1, 1, -1, -1);

const measured = (metric: Metric, prediction: Matrix, target: Matrix, kind?: Loss["target"]) => {
  const accumulator = metric.start("value", kind);
  accumulator.add(prediction, target);
  return accumulator.value();
};

describe("beside targets of 1 and −1", () => {
  it("accuracy asks whether the raw score is above 0", () => {
    expect(measured(accuracy(), scores, signs, "sign")).toBe(3 / 5);
    expect(measured(binaryAccuracy(), scores, signs, "sign")).toBe(3 / 5);
    const logits = accuracy().start("logit", "sign");
    logits.add(scores, signs);
    expect(logits.value()).toBe(3 / 5);
    const probabilities = accuracy().start("probability", "sign");
    probabilities.add(column(0.6, 0.4), column(1, -1));
    expect(probabilities.value()).toBe(1);
  });

  it.each([
    ["precision", precision(), 2 / 3],
    ["recall", recall(), 2 / 3],
    ["f1", f1(), 2 / 3],
    ["matthews", matthews(), (2 * 1 - 1 * 1) / Math.sqrt(3 * 3 * 2 * 2)],
    ["rocAuc", rocAuc(), 4 / 6],
  ])("%s counts 1 as yes and −1 as no", (_, metric, want) => {
    expect(measured(metric, scores, signs, "sign")).toBeCloseTo(want, 15);
  });

  it("ranks as beside 0 and 1", () => {
    for (const metric of [rocAuc(), prAuc()]) {
      expect(measured(metric, scores, signs, "sign")).toBe(measured(metric, scores, yesNo(signs)));
    }
  });

  it("takes thresholds on the scores", () => {
    expect(measured(precision({ threshold: 0.2 }), scores, signs, "sign")).toBe(1);
    expect(measured(binaryAccuracy({ threshold: -1 }), scores, signs, "sign")).toBe(3 / 5);
  });

  it("takes the largest of several columns, whose targets are signs", () => {
    const y = Matrix.from([
      [-3, -1, -2],
      [4, 5, -1],
      [0.2, 0.1, 0],
    ]);
    const t = Matrix.from([
      [-1, 1, -1],
      [1, -1, -1],
      [1, -1, -1],
    ]);
    for (const metric of [accuracy(), topK({ k: 1 }), recall({ average: "micro" })]) {
      expect(measured(metric, y, t, "sign")).toBe(2 / 3);
    }
    expect(measured(binaryAccuracy(), y, t, "sign")).toBe(6 / 9); // the first row has no yes, the second two
  });

  it("refuses other targets, and signs that it was not told of", () => {
    expect(() => measured(f1(), scores, yesNo(signs), "sign")).toThrow(
      "f1 expects targets of -1 or 1, but got 0.",
    );
    expect(() => measured(f1(), scores, signs)).toThrow("f1 expects targets of 0 or 1, but got -1.");
    expect(() => measured(topK({ k: 1 }), Matrix.zeros(1, 2), Matrix.full(1, 2, -1))).toThrow("class shares");
  });
});

describe.each([hinge(), squaredHinge()])("a model with $name", (loss) => {
  const x = Matrix.from(Array.from({ length: 40 }, (_, r) => [(r % 10) - 4.5, 1]));
  const y = x.map((v) => (v > 0 ? 1 : -1)).slice(0, 40);
  const target = Matrix.zeros(40, 1).map((_, r) => y.at(r, 0));
  const compiled = (l: Loss, weight: number) => {
    const layers = [new Dense({ units: 1, useBias: false }), new Tanh()];
    const model = new Sequential(layers, { input: [2], seed: 1 }).compile({
      loss: l,
      optimizer: new SGD({ learningRate: 0.1 }),
      metrics: [accuracy(), f1()],
    });
    model.setWeights({ "0.weight": Matrix.from([[weight], [0]]) });
    return model;
  };

  it("has every row right where every score has the sign of its target, however small", async () => {
    expect(await compiled(loss, 0.01).evaluate({ x, y: target })).toMatchObject({ accuracy: 1, f1: 1 });
    expect(await compiled(loss, -0.01).evaluate({ x, y: target })).toMatchObject({ accuracy: 0, f1: 0 });
  });

  it("leaves values of 0 and 1 as they were", async () => {
    const model = compiled(meanSquaredError(), 1);
    const report = await model.evaluate({ x, y: yesNo(target) });
    expect(report.accuracy).toBe(36 / 40); // tanh 0.5 is 0.46: below ½
  });
});

describe("beside pairs of scores in one row", () => {
  it.each([marginRanking(), cosineEmbedding()])("accuracy says that $name has no classes", async (loss) => {
    const model = new Sequential([new Dense({ units: 2 })], { input: [2] });
    model.compile({ loss, optimizer: new SGD({ learningRate: 0.1 }), metrics: [accuracy()] });
    const before = model.getWeights()["0.weight"].toArray();
    await expect(model.fit({ x: Matrix.zeros(2, 2), y: column(1, -1) }, { batchSize: 2 })).rejects.toThrow(
      "accuracy expects class indices from 0 to 1, but got -1.",
    );
    expect(model.getWeights()["0.weight"].toArray()).toEqual(before);
  });

  it("accuracy passes by rows that weigh nothing", () => {
    const accumulator = accuracy().start("logit", "class");
    accumulator.add(
      Matrix.from([
        [1, 2],
        [3, 1],
      ]),
      column(1, -1),
      column(1, 0),
    );
    expect(accumulator.value()).toBe(1);
  });
});
