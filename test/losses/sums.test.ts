import { Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import { casesFor } from "../support/loss-laws.js";
import { losses } from "../support/subjects.js";

describe.each(losses)("$name", ({ loss }) => {
  const { prediction, targets } = casesFor(loss, "float64");
  const each = (check: (target: Matrix) => void) => {
    for (const target of targets) check(target);
  };

  it("counts a row of weight 3 as three rows, and one of weight 0 as none", () =>
    each((target) => {
      const weight = Matrix.from([[1], [3], [0], [1], [0], [1]], "float64");
      const repeated = [0, 1, 1, 1, 3, 5];
      const weighted = loss.total(prediction, target, weight);
      const written = loss.total(prediction.gather(repeated), target.gather(repeated));
      expect(weighted.weight).toBeCloseTo(written.weight, 12);
      expect(weighted.sum).toBeCloseTo(written.sum, 12);
      expect(loss.mean(prediction, target, weight)).toBeCloseTo(written.sum / written.weight, 12);
    }));

  it("multiplies each row of the gradient by its weight", () =>
    each((target) => {
      const plain = loss.gradient(prediction, target);
      const doubled = loss.gradient(prediction, target, Matrix.full(6, 1, 2, "float64"));
      expect(doubled.isClose(plain.mul(2), { rtol: 1e-15 })).toBe(true);
      const none = loss.gradient(prediction, target, Matrix.zeros(6, 1, "float64"));
      expect(none.data.every((g) => g === 0)).toBe(true);
    }));

  it("writes the gradient over what is in `into`, and changes nothing else", () =>
    each((target) => {
      const into = Matrix.full(6, prediction.cols, Number.NaN, "float64");
      const before = [prediction.copy(), target.copy()];
      expect(loss.gradient(prediction, target, undefined, into)).toBe(into);
      expect(into.data).toEqual(loss.gradient(prediction, target).data);
      expect([prediction.data, target.data]).toEqual(before.map(({ data }) => data));
      expect(() =>
        loss.gradient(prediction, target, undefined, Matrix.zeros(5, prediction.cols, "float64")),
      ).toThrow(/a \[6 × [46]\] matrix to write the gradient into, but got \[5 × [46]\]/);
    }));

  it("of an empty batch is 0 with weight 0, and has no mean", () =>
    each((target) => {
      const [nothing, none] = [prediction.slice(0, 0), target.slice(0, 0)];
      expect(loss.total(nothing, none)).toEqual({ sum: 0, weight: 0 });
      expect(loss.gradient(nothing, none).rows).toBe(0);
      expect(loss.mean(nothing, none)).toBeNaN();
    }));

  it("is not hidden when a prediction is NaN, unless its row weighs nothing", () =>
    each((target) => {
      const broken = prediction.copy();
      broken.set(2, 1, Number.NaN);
      expect(loss.total(broken, target).sum).toBeNaN();
      const weight = Matrix.from([[1], [1], [0], [1], [1], [1]], "float64");
      expect(loss.total(broken, target, weight).sum).toBeGreaterThan(0);
      const wanted = loss.gradient(prediction, target, weight);
      expect([...wanted.row(2).data].map(Math.abs)).toEqual(Array(prediction.cols).fill(0));
      expect(loss.gradient(broken, target, weight).data).toEqual(wanted.data);
      const into = Matrix.full(6, prediction.cols, Number.NaN, "float64");
      loss.totalAndGradient?.(broken, target, weight, into);
      expect(into.data).toEqual(wanted.data);
    }));
});
