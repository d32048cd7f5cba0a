import { Matrix, prAuc, Random, rocAuc } from "chainrule";
import { describe, expect, it } from "vitest";
import { gathered } from "./gather.js";

const column = (...numbers: number[]) =>
  Matrix.from(
    numbers.map((x) => [x]),
    "float64",
  );
const rows = (prediction: Matrix, target: Matrix, weight?: Matrix) => ({ prediction, target, weight });

describe("rocAuc and prAuc", () => {
  it("count by hand", () => {
    const scores = rows(column(0.1, 0.4, 0.35, 0.8), column(0, 0, 1, 1)); // 3 of 4 pairs in order
    expect(gathered(rocAuc(), scores)).toBe(3 / 4);
    expect(gathered(prAuc(), scores)).toBeCloseTo((1 + 2 / 3) / 2, 15);
    const ties = rows(column(2, 1, 1, 0), column(1, 1, 0, 0)); // 3 pairs, and one half
    expect(gathered(rocAuc(), ties)).toBe(3.5 / 4);
    expect(gathered(prAuc(), ties)).toBeCloseTo((1 + 2 / 3) / 2, 15);
  });

  it("of scores that are all alike are chance", () => {
    const alike = rows(column(0.3, 0.3, 0.3, 0.3), column(1, 0, 0, 0));
    expect(gathered(rocAuc(), alike)).toBe(0.5);
    expect(gathered(prAuc(), alike)).toBe(1 / 4);
  });

  it("of one class are no number, but for the precision of all yes", () => {
    expect(gathered(rocAuc(), rows(column(0.1, 0.2), column(1, 1)))).toBeNaN();
    expect(gathered(rocAuc(), rows(column(0.1, 0.2), column(0, 0)))).toBeNaN();
    expect(gathered(prAuc(), rows(column(0.1, 0.2), column(0, 0)))).toBeNaN();
    expect(gathered(prAuc(), rows(column(0.1, 0.2), column(1, 1)))).toBe(1);
    const three = Matrix.from([
      [0.5, 0.3, 0.2],
      [0.1, 0.8, 0.1],
    ]);
    expect(gathered(rocAuc(), rows(three, Matrix.from([[0], [1]])))).toBeNaN(); // class 2 has no row
  });

  it("take endless scores, and save them as finite numbers", () => {
    const scores = rows(column(-Infinity, 0, 3, Infinity), column(0, 1, 0, 1));
    expect(gathered(rocAuc(), scores, { meaning: "logit" })).toBe(3 / 4);
    expect(gathered(rocAuc(), scores, { meaning: "logit", size: 1, save: true })).toBe(3 / 4);
  });

  it("tell logits apart whose probabilities round to 0 and 1", () => {
    // Of class 0: 1 − e⁻⁵⁰ above 1 − e⁻⁴⁰, and e⁻⁹⁰⁰ above e⁻¹⁰⁰⁰
    const prediction = Matrix.from(
      [
        [50, 0],
        [1040, 1000],
        [-900, 0],
        [0, 1000],
      ],
      "float64",
    );
    const auc = (...wanted: number[]) =>
      gathered(rocAuc(), rows(prediction, column(...wanted)), { meaning: "logit" });
    expect(auc(0, 1, 1, 1)).toBe(1);
    expect(auc(1, 0, 1, 1)).toBe(2 / 3);
    expect(auc(1, 1, 0, 1)).toBe(1 / 3);
    // As values they are compared as they are, 1040 first.
    expect(gathered(rocAuc(), rows(prediction, column(1, 0, 0, 0)), { meaning: "value" })).not.toBe(1);
  });

  it("with multiLabel take each column on its own", () => {
    const prediction = Matrix.from([
      [0.9, 0.2],
      [0.4, 0.7],
      [0.6, 0.7],
    ]);
    const target = Matrix.from([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(gathered(rocAuc({ multiLabel: true }), rows(prediction, target))).toBe((1 + 0.75) / 2);
    expect(gathered(prAuc({ multiLabel: true }), rows(prediction, target), { size: 1, save: true })).toBe(
      (1 + 0.5) / 2,
    );
  });

  it("can be asked at every batch, to the same bits", () => {
    const random = Random.fromSeed(3);
    const score = Matrix.zeros(300, 1, "float64").map((_, r) => Math.round(20 * random.uniform(r)));
    const wanted = score.map((x, r) => (x + 20 * random.uniform(1000 + r) > 20 ? 1 : 0));
    const weight = score.map((_, r) => random.uniform(2000 + r));
    for (const metric of [rocAuc(), prAuc()]) {
      const accumulator = metric.start("value");
      for (let r = 0; r < 300; r += 7) {
        const end = Math.min(300, r + 7);
        accumulator.add(score.slice(r, end), wanted.slice(r, end), weight.slice(r, end));
        const soFar = rows(score.slice(0, end), wanted.slice(0, end), weight.slice(0, end));
        expect(accumulator.value()).toBe(gathered(metric, soFar, { meaning: "value" }));
      }
    }
  });

  it("refuse NaN, and targets that are no answers", () => {
    expect(() => gathered(rocAuc(), rows(column(Number.NaN), column(1)))).toThrow(
      "rocAuc expects scores that are numbers, but got NaN.",
    );
    expect(() => gathered(prAuc(), rows(column(0.5), column(0.5)))).toThrow(
      "prAuc expects targets of 0 or 1, but got 0.5.",
    );
    expect(() => gathered(rocAuc(), rows(Matrix.zeros(1, 3), column(3)))).toThrow(
      "class indices from 0 to 2",
    );
    expect(() => gathered(rocAuc({ multiLabel: true }), rows(Matrix.zeros(1, 3), column(1)))).toThrow(
      "targets as wide as the predictions, 3 columns",
    );
  });
});
