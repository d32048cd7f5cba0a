import {
  binaryCrossEntropy,
  Dense,
  type DType,
  f1,
  fBeta,
  Matrix,
  type Metric,
  precision,
  recall,
  Sequential,
  SGD,
  Sigmoid,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { readGolden } from "../kernels/compare.js";
import { gathered, type Rows } from "./gather.js";

interface Case {
  name: string;
  prediction: number[][];
  target: number[][];
  weight: number[];
  values: Record<string, number>;
}

const { meta, cases } = readGolden<{ meta: { beta: number }; cases: Case[] }>("multilabel");

type Average = "macro" | "micro" | "weighted";

function metricNamed(key: string): Metric {
  const [name, average] = key.split(" ") as [string, Average];
  const options = { multiLabel: true, average };
  if (name === "fBeta") return fBeta({ ...options, beta: meta.beta });
  return { precision, recall, f1 }[name as "f1"](options);
}

const rowsOf = ({ prediction, target, weight }: Case, dtype: DType): Rows => ({
  prediction: Matrix.from(prediction, dtype),
  target: Matrix.from(target, dtype),
  weight: Matrix.from(
    weight.map((w) => [w]),
    dtype,
  ),
});

const near = (got: number, want: number, rtol: number) =>
  expect(Math.abs(got - want), `${got}, not ${want}`).toBeLessThanOrEqual(rtol * want);

describe.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
  const rows = rowsOf(c, "float64");
  it.each(Object.entries(c.values))("%s is scikit-learn's, in any batches", (key, want) => {
    for (const size of [c.prediction.length, 1, 7])
      near(gathered(metricNamed(key), rows, { size }), want, 1e-12);
    near(gathered(metricNamed(key), rowsOf(c, "float32")), want, 1e-5);
  });
  it.each(Object.keys(c.values))("%s goes on from a saved state to the same bits", (key) => {
    const want = gathered(metricNamed(key), rows, { size: 5 });
    expect(gathered(metricNamed(key), rows, { size: 5, save: true })).toBe(want);
  });
});

it("has golden numbers for each average of each metric", () => {
  const averages = ["macro", "micro", "weighted"];
  const all = ["precision", "recall", "f1", "fBeta"].flatMap((m) => averages.map((a) => `${m} ${a}`));
  for (const { values } of cases) expect(new Set(Object.keys(values))).toEqual(new Set(all));
});

describe("labels", () => {
  // Found 1·0, 1·1, 0·1, 0·0; wanted 1·1, 0·1, 0·1, 0·0: TP 1 and 2, FP 1 and 0, FN 0 and 1.
  const prediction = Matrix.from([
    [0.9, 0.2],
    [0.6, 0.7],
    [0.5, 0.8],
    [0.1, 0.3],
  ]);
  const target = Matrix.from([
    [1, 1],
    [0, 1],
    [0, 1],
    [0, 0],
  ]);
  const rows = { prediction, target };
  const multiLabel = true;

  it("are counted each by itself", () => {
    expect(gathered(precision({ multiLabel }), rows)).toBe((1 / 2 + 1) / 2);
    expect(gathered(recall({ multiLabel }), rows)).toBeCloseTo((1 + 2 / 3) / 2, 15);
    expect(gathered(precision({ multiLabel, average: "micro" }), rows)).toBe(3 / 4);
    expect(gathered(recall({ multiLabel, average: "weighted" }), rows)).toBe((1 * 1 + 3 * (2 / 3)) / 4);
  });

  it("are told by thresholds, of logits too", () => {
    const logits = { prediction: prediction.map((p) => Math.log(p / (1 - p))), target };
    for (const threshold of [0.15, 0.25, 0.65]) {
      const metric = f1({ multiLabel, threshold });
      expect(gathered(metric, logits, { meaning: "logit" })).toBe(gathered(metric, rows));
    }
    expect(gathered(recall({ multiLabel, threshold: 0.15 }), rows)).toBe(1);
  });

  it("of one column are what they are without", () => {
    const yes = {
      prediction: Matrix.from([[0.9], [0.6], [0.5], [0.1]]),
      target: Matrix.from([[1], [0], [0], [1]]),
    };
    for (const metric of [precision, recall, f1, fBeta]) {
      expect(gathered(metric({ multiLabel }), yes)).toBe(gathered(metric(), yes));
    }
  });

  it("may be 1 and −1", () => {
    const accumulator = f1({ multiLabel }).start("value", "sign");
    accumulator.add(prediction.add(-0.5), target.mul(2).add(-1));
    expect(accumulator.value()).toBe(gathered(f1({ multiLabel }), rows));
  });

  it("refuses what is no label, and what is not as wide", () => {
    expect(() => gathered(f1({ multiLabel }), { prediction, target: target.mul(0.5) })).toThrow(
      "f1 expects targets of 0 or 1, but got 0.5.",
    );
    expect(() => gathered(f1({ multiLabel }), { prediction, target: Matrix.zeros(4, 1) })).toThrow(
      "f1 expects targets as wide as the predictions, 2 columns, but got 1.",
    );
    expect(() => f1({ multiLabel: 1 as never })).toThrow("`multiLabel` to be true or false");
  });

  it("are learnt, and measured on the way", async () => {
    const x = Matrix.from([
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ]);
    const model = new Sequential([new Dense({ units: 2 }), new Sigmoid()], { input: [2], seed: 3 }).compile({
      loss: binaryCrossEntropy(),
      optimizer: new SGD({ learningRate: 1 }),
      metrics: [f1({ multiLabel, average: "micro" })],
    });
    const y = x.map((v) => (v > 0 ? 1 : 0));
    await model.fit({ x, y }, { epochs: 30 });
    expect((await model.evaluate({ x, y })).f1).toBe(1);
  });
});
