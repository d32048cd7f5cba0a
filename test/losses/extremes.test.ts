import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  categoricalHinge,
  Dense,
  type DType,
  huber,
  type Loss,
  Matrix,
  meanSquaredError,
  multiMargin,
  poisson,
  Sequential,
  SGD,
  Sigmoid,
  Softmax,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";

const widths: readonly DType[] = ["float64", "float32"];
const logits = binaryCrossEntropy({ fromLogits: true });
const { NaN: nan } = Number;

describe.each(widths)("exact answers at extremes, %s", (dtype) => {
  const m = (rows: number[][]) => Matrix.from(rows, dtype);

  it.each<[string, Loss, prediction: number[], target: number[], loss: number, gradient: number[]]>([
    ["sure and right", softmaxCrossEntropy(), [1000, -1000], [0], 0, [0, 0]],
    ["sure and wrong", softmaxCrossEntropy(), [1000, -1000], [1], 2000, [1, -1]],
    ["all equal, huge", softmaxCrossEntropy(), [1000, 1000], [0], Math.LN2, [-0.5, 0.5]],
    ["all equal, tiny", softmaxCrossEntropy(), [-1000, -1000], [1], Math.LN2, [0.5, -0.5]],
    ["half right", softmaxCrossEntropy(), [1000, -1000], [0.5, 0.5], 1000, [0.5, -0.5]],
    ["smoothed", softmaxCrossEntropy({ labelSmoothing: 0.5 }), [1000, -1000], [0], 500, [0.25, -0.25]],
    ["yes, sure", logits, [1000], [1], 0, [0]],
    ["yes, sure and wrong", logits, [1000], [0], 1000, [1]],
    ["no, sure and wrong", logits, [-1000], [1], 1000, [-1]],
    ["no, sure", logits, [-1000], [0], 0, [0]],
    ["undecided", logits, [0], [0.5], Math.LN2, [0]],
    ["two outputs", logits, [1000, -1000], [0, 0], 500, [0.5, 0]],
    ["probability 1, wrong", binaryCrossEntropy(), [1], [0], 100, [1e12]],
    ["probability 0, wrong", binaryCrossEntropy(), [0], [1], 100, [-1e12]],
    ["probability 1, right", binaryCrossEntropy(), [1], [1], 0, [0]],
    ["log 0", categoricalCrossEntropy(), [1, 0], [1], 100, [0, -1e12]],
    ["log 0 that does not count", categoricalCrossEntropy(), [1, 0], [0], 0, [-1, 0]],
    ["equal", meanSquaredError(), [5, 5], [5, 5], 0, [0, 0]],
    ["at the bend", huber({ delta: 2 }), [2], [0], 2, [2]],
    ["beyond the bend", huber({ delta: 2 }), [-1000], [0], 1998, [-2]],
  ])("%s", (_, loss, prediction, target, value, gradient) => {
    const [p, t] = [m([prediction]), m([target])];
    expect(loss.total(p, t)).toEqual({ sum: value, weight: 1 });
    // −0 and 0 are the same here.
    expect(Array.from(loss.gradient(p, t).data, (g) => g + 0)).toEqual(
      gradient.map((g) => m([[g]]).at(0, 0)),
    );
  });

  it("a row that weighs nothing is 0, though its loss overflowed", () => {
    const rates = poisson();
    const [z, t, none] = [m([[1000], [0]]), m([[3], [0]]), m([[0], [1]])];
    expect(rates.total(z, t)).toEqual({ sum: Infinity, weight: 2 });
    expect(rates.total(z, t, none)).toEqual({ sum: 1, weight: 1 });
    expect([...rates.gradient(z, t, none).data]).toEqual([0, 1]);
  });

  it("a masked score of −∞ counts as far away", () => {
    const [p, t] = [m([[2, 1.5, -Infinity]]), m([[0]])];
    for (const loss of [categoricalHinge(), multiMargin(), softmaxCrossEntropy()]) {
      const [masked, two] = [loss.total(p, t).sum, loss.total(m([[2, 1.5]]), t).sum];
      expect(masked).toBeCloseTo(loss.name === "multiMargin" ? (two * 2) / 3 : two, 12);
      expect(loss.gradient(p, t).data[2] + 0).toBe(0);
    }
  });

  it("keeps the digits of a loss that is nearly 0", () => {
    expect(softmaxCrossEntropy().total(m([[40, 0]]), m([[0]])).sum).toBeCloseTo(Math.exp(-40), 30);
    expect(logits.total(m([[40]]), m([[1]])).sum).toBeCloseTo(Math.exp(-40), 30);
  });

  it("says NaN, and not a number, for NaN and for logits that overflowed", () => {
    for (const z of [nan, Infinity]) expect(softmaxCrossEntropy().total(m([[z, 0]]), m([[0]])).sum).toBeNaN();
    expect(logits.total(m([[nan]]), m([[1]])).sum).toBeNaN();
  });
});

describe.each(widths)("a last layer that the loss takes over, %s", (dtype) => {
  /** The model puts its input through a layer whose weights are the identity. */
  const trainOn = (last: Softmax | Sigmoid, loss: Loss, x: number[], y: number[]) => {
    const model = new Sequential([new Dense({ units: x.length }), last], { input: [x.length], dtype });
    model.compile({ loss, optimizer: new SGD({ learningRate: 1 }) });
    model.setWeights({
      "0.weight": Matrix.identity(x.length, dtype),
      "0.bias": Matrix.zeros(1, x.length, dtype),
    });
    const value = model.trainBatch(Matrix.from([x], dtype), Matrix.from([y], dtype));
    return [value, Array.from(model.getWeights()["0.bias"].data, (b) => 0 - b)];
  };

  it("Softmax with categoricalCrossEntropy is exact at ±1000", () => {
    expect(trainOn(new Softmax(), categoricalCrossEntropy(), [1000, -1000], [1])).toEqual([2000, [1, -1]]);
    expect(trainOn(new Softmax(), categoricalCrossEntropy(), [1000, -1000], [1, 0])).toEqual([0, [0, 0]]);
  });

  it("Sigmoid with binaryCrossEntropy is exact at ±1000", () => {
    expect(trainOn(new Sigmoid(), binaryCrossEntropy(), [1000, -1000], [0, 1])).toEqual([1000, [0.5, -0.5]]);
    expect(trainOn(new Sigmoid(), binaryCrossEntropy(), [1000, -1000], [1, 0])).toEqual([0, [0, 0]]);
  });

  it("no other pair is taken over", () => {
    const [value] = trainOn(new Sigmoid(), meanSquaredError(), [1000, -1000], [0, 0]);
    expect(value).toBe(0.5);
    expect(() => trainOn(new Sigmoid(), softmaxCrossEntropy(), [0, 0], [0])).not.toThrow();
  });
});
