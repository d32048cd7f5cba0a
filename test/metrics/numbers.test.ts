import { cosineProximity, logLoss, Matrix, mae, mape, mse, pearson, r2, rmse } from "chainrule";
import { describe, expect, it } from "vitest";
import { gathered } from "./gather.js";

const column = (...numbers: number[]) =>
  Matrix.from(
    numbers.map((x) => [x]),
    "float64",
  );
const rows = (prediction: Matrix, target: Matrix, weight?: Matrix) => ({ prediction, target, weight });
const three = rows(column(1, 2, 5), column(1, 4, 4)); // errors 0, −2, 1

it("counts errors by hand", () => {
  expect(gathered(mae(), three)).toBe(3 / 3);
  expect(gathered(mse(), three)).toBe(5 / 3);
  expect(gathered(rmse(), three)).toBe(Math.sqrt(5 / 3));
  expect(gathered(mape(), three)).toBe((0 + 2 / 4 + 1 / 4) / 3);
  expect(gathered(r2(), three)).toBeCloseTo(1 - 5 / 6, 15); // mean 3: 4 + 1 + 1
  expect(gathered(mse(), { ...three, weight: column(1, 0, 3) })).toBe(3 / 4);
});

it("divides by no less than 2⁻⁵² in mape", () => {
  expect(gathered(mape(), rows(column(1), column(0)))).toBe(2 ** 52);
  expect(gathered(mape(), rows(column(0), column(0)))).toBe(0);
});

describe("r2", () => {
  it("of constant targets is 1 where all is right, else 0", () => {
    expect(gathered(r2(), rows(column(0.1, 0.1, 0.1), column(0.1, 0.1, 0.1)))).toBe(1);
    expect(gathered(r2(), rows(column(0.1, 0.2, 0.1), column(0.1, 0.1, 0.1), column(0.3, 0.7, 9)))).toBe(0);
    expect(gathered(r2(), rows(column(4), column(4)))).toBe(1);
    expect(gathered(r2(), rows(column(5), column(4)))).toBe(0);
  });

  it("is 1 for all right, 0 for the mean, and below for worse", () => {
    const t = column(1e8 + 1, 1e8 + 2, 1e8 + 6);
    expect(gathered(r2(), rows(t, t))).toBe(1);
    expect(gathered(r2(), rows(column(1e8 + 3, 1e8 + 3, 1e8 + 3), t))).toBe(0);
    // Errors 5, 0, 5 against deviations 2, 1, 3
    expect(gathered(r2(), rows(column(1e8 + 6, 1e8 + 2, 1e8 + 1), t))).toBeCloseTo(1 - 50 / 14, 14);
  });

  it("keeps its digits over many rows far from 0", () => {
    const n = 4000;
    const t = Matrix.zeros(n, 1, "float64").map((_, r) => 1e8 + (r % 2));
    const y = t.map((x, r) => x + (r % 4 === 0 ? 0.25 : 0));
    // A quarter of the rows is wrong by 1/4, and the variance is 1/4.
    expect(gathered(r2(), rows(y, t), { size: 33 })).toBeCloseTo(1 - 1 / 64 / (1 / 4), 14);
  });

  it("does not lose the rows before one of huge weight", () => {
    const t = rows(column(0, 1), column(0, 2), column(1, 2 ** 60));
    // mean 2: Σ w·(t − mean)² = 4, Σ w·(p − t)² = 2⁶⁰
    expect(gathered(r2(), t)).toBe(1 - 2 ** 60 / 4);
  });
});

describe("pearson", () => {
  it("is exactly 1 of equals and −1 of opposites, at any scale", () => {
    const t = column(0.1, 0.7, 0.2, 0.9);
    for (const scale of [1, 1e-150, 1e150]) {
      expect(gathered(pearson(), rows(t.mul(scale), t.mul(scale)))).toBe(1);
      expect(gathered(pearson(), rows(t.mul(-scale), t.mul(scale)))).toBe(-1);
      expect(gathered(pearson(), rows(t.mul(scale), t))).toBeCloseTo(1, 14);
    }
  });

  it("counts by hand", () => {
    // Deviations −1 0 1 and −2 1 1 → 3 / √(2·6)
    expect(gathered(pearson(), rows(column(1, 2, 3), column(1, 4, 4)))).toBeCloseTo(3 / Math.sqrt(12), 15);
  });

  it("of what is constant is no number", () => {
    expect(gathered(pearson(), rows(column(0.1, 0.1, 0.1), column(1, 2, 3)))).toBeNaN();
    expect(gathered(pearson(), rows(column(1, 2, 3), column(0.1, 0.1, 0.1), column(0.1, 0.7, 3)))).toBeNaN();
    expect(gathered(pearson(), rows(column(1), column(1)))).toBeNaN();
  });
});

describe("cosineProximity", () => {
  const cosine = (p: number[], t: number[]) =>
    gathered(cosineProximity(), rows(Matrix.from([p], "float64"), Matrix.from([t], "float64")));

  it("is the cosine of the angle, whatever the lengths", () => {
    expect(cosine([3, 4], [4, 3])).toBeCloseTo(24 / 25, 15);
    expect(cosine([1, 0], [0, 1])).toBe(0);
    expect(cosine([1e200, 2e200], [1e-200, 2e-200])).toBe(1);
    expect(cosine([1e-300, 0], [-1e300, 0])).toBe(-1);
  });

  it("is 0 beside a row of zeros", () => {
    expect(cosine([0, 0], [1, 2])).toBe(0);
    expect(cosine([1, 2], [0, 0])).toBe(0);
  });
});

describe("logLoss", () => {
  const loss = (p: number[], t: number[], meaning: "probability" | "logit" | "value") =>
    gathered(logLoss(), rows(Matrix.from([p], "float64"), Matrix.from([t], "float64")), { meaning });

  it("takes probabilities, with logarithms of at least −100", () => {
    expect(loss([0.25], [1], "probability")).toBeCloseTo(Math.log(4), 15);
    expect(loss([0.25, 0.75], [0], "value")).toBeCloseTo(Math.log(4), 15);
    expect(loss([0], [1], "probability")).toBe(100);
    expect(loss([1, 0], [1], "probability")).toBe(100);
    expect(loss([1, 0], [0], "probability")).toBeCloseTo(0, 15);
  });

  it("takes logits however large", () => {
    expect(loss([1000], [0], "logit")).toBe(1000);
    expect(loss([-1000], [0], "logit")).toBe(0);
    expect(loss([0, 5000], [1, 0], "logit")).toBe(5000);
    expect(loss([2, 2, 2, 2], [3], "logit")).toBeCloseTo(Math.log(4), 15);
  });

  it("refuses what is no class and no probability", () => {
    expect(() => loss([0.5], [2], "probability")).toThrow("targets from 0 to 1, but got 2.");
    expect(() => loss([0.5, 0.5], [2], "logit")).toThrow("class indices from 0 to 1, but got 2.");
    expect(() => loss([1.5], [1], "probability")).toThrow("probabilities from 0 to 1, but got 1.5.");
  });
});
