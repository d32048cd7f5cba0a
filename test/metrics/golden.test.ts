import {
  binaryAccuracy,
  cosineProximity,
  type DType,
  f1,
  fBeta,
  logLoss,
  Matrix,
  type Meaning,
  type Metric,
  mae,
  mape,
  matthews,
  mse,
  pearson,
  prAuc,
  precision,
  r2,
  recall,
  rmse,
  rocAuc,
  topK,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../src/metrics/confusion-matrix.js";
import { readGolden } from "../kernels/compare.js";
import { gathered, type Rows, repeated, shuffled } from "./gather.js";

interface Case {
  name: string;
  meaning?: Meaning;
  prediction: number[][];
  target: number[][];
  weight: number[];
  confusion?: number[][];
  values: Record<string, number>;
}

const { meta, classes, numbers } = readGolden<{
  meta: { k: number; beta: number };
  classes: Case[];
  numbers: Case[];
}>("metrics");

type Average = "macro" | "micro" | "weighted";

const metrics: Record<string, (average?: Average) => Metric> = {
  precision: (average) => precision(average && { average }),
  recall: (average) => recall(average && { average }),
  f1: (average) => f1(average && { average }),
  fBeta: (average) => fBeta({ beta: meta.beta, ...(average && { average }) }),
  matthews: () => matthews(),
  logLoss: () => logLoss(),
  rocAuc: () => rocAuc(),
  prAuc: () => prAuc(),
  topK: () => topK({ k: meta.k }),
  mae,
  mse,
  rmse,
  mape,
  r2,
  pearson,
  cosineProximity,
};

function metricNamed(key: string): Metric {
  const [name, average] = key.split(" ") as [string, Average | undefined];
  return metrics[name](average);
}

const rowsOf = ({ prediction, target, weight }: Case, dtype: DType): Rows => ({
  prediction: Matrix.from(prediction, dtype),
  target: Matrix.from(target, dtype),
  weight: Matrix.from(
    weight.map((w) => [w]),
    dtype,
  ),
});

function expectNear(got: number, want: number, rtol: number): void {
  expect(Math.abs(got - want), `${got}, not ${want}`).toBeLessThanOrEqual(rtol * Math.abs(want));
}

describe.each([...classes, ...numbers].map((c) => [c.name, c] as const))("%s", (name, c) => {
  const meaning = c.meaning ?? "value";
  const rows = rowsOf(c, "float64");

  it.each(Object.entries(c.values))("%s is by its definition", (key, want) => {
    expectNear(gathered(metricNamed(key), rows, { meaning }), want, 1e-12);
    if (name.startsWith("far")) return; // these numbers are not in float32
    expectNear(gathered(metricNamed(key), rowsOf(c, "float32"), { meaning }), want, 1e-5);
  });

  it.each(Object.keys(c.values))("%s is the same in other batches and in another order", (key) => {
    const whole = gathered(metricNamed(key), rows, { meaning });
    for (const size of [1, 3, 7]) {
      expectNear(gathered(metricNamed(key), rows, { meaning, size }), whole, 1e-12);
    }
    const exact = name === "far from 0" ? 1e-11 : 1e-12;
    expectNear(gathered(metricNamed(key), shuffled(rows), { meaning, size: 4 }), whole, exact);
  });

  it.each(Object.keys(c.values))("%s goes on from a saved state to the same bits", (key) => {
    for (const size of [1, 5]) {
      const want = gathered(metricNamed(key), rows, { meaning, size });
      expect(gathered(metricNamed(key), rows, { meaning, size, save: true })).toBe(want);
    }
  });

  const whole = c.weight.every(Number.isInteger);
  it.each(whole ? Object.keys(c.values) : [])("%s counts a row of weight w as w rows", (key) => {
    const want = gathered(metricNamed(key), repeated(rows), { meaning });
    expectNear(gathered(metricNamed(key), rows, { meaning }), want, 1e-12);
  });

  if (c.confusion === undefined) return;
  it("has its confusion matrix", () => {
    const { prediction, target, weight } = rows;
    const got = confusionMatrix(prediction, target, { weight: weight!, prediction: meaning });
    expect(got.dtype).toBe("float64");
    expect(got.isClose(Matrix.from(c.confusion!, "float64"), { rtol: 1e-12 })).toBe(true);
  });

  if (c.meaning === undefined || c.prediction[0].length !== 1) return;
  it("has its binaryAccuracy", () => {
    const [[no], [, yes]] = c.confusion!;
    const all = c.weight.reduce((sum, w) => sum + w, 0);
    expectNear(gathered(binaryAccuracy(), rows, { meaning }), (no + yes) / all, 1e-12);
  });
});

it("has a golden number for every metric", () => {
  const seen = [...classes, ...numbers].flatMap(({ values }) => Object.keys(values));
  expect(new Set(seen.map((key) => key.split(" ")[0]))).toEqual(new Set(Object.keys(metrics)));
});
