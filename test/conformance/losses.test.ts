import { Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import { additionLaw, casesFor, fusionLaw, lossGradientLaw } from "../support/loss-laws.js";
import { losses } from "../support/subjects.js";

describe.each(losses.map(({ name, loss }) => [name, loss] as const))("%s", (name, loss) => {
  it("is called as its factory is", () => expect(name.split(" ")[0]).toBe(loss.name));
  it("has the gradient of its sum", () => lossGradientLaw(loss));
  it("adds up over parts of a batch", () => additionLaw(loss));
  it("is the loss on logits that it names", () => fusionLaw(loss));
  it("writes its gradient where it is told to", () => {
    const { prediction, targets } = casesFor(loss, "float32");
    const into = Matrix.full(prediction.rows, prediction.cols, Number.NaN);
    expect(loss.gradient(prediction, targets[0], undefined, into)).toBe(into);
    expect(into.data).toEqual(loss.gradient(prediction, targets[0]).data);
  });
  it("finds its sum and its gradient at once to the same bits", () => {
    const { prediction, targets } = casesFor(loss, "float64");
    for (const target of targets) {
      const into = Matrix.full(prediction.rows, prediction.cols, Number.NaN, "float64");
      expect(loss.totalAndGradient?.(prediction, target, undefined, into)).toEqual(
        loss.total(prediction, target),
      );
      expect(into.data).toEqual(loss.gradient(prediction, target).data);
    }
  });
  it("is the same in both widths", () => {
    const [single, wide] = [casesFor(loss, "float32"), casesFor(loss, "float64")];
    for (const [i, target] of single.targets.entries()) {
      const mean = loss.mean(wide.prediction, wide.targets[i]);
      expect(Math.abs(loss.mean(single.prediction, target) - mean)).toBeLessThanOrEqual(
        1e-5 * Math.abs(mean),
      );
    }
  });
});
