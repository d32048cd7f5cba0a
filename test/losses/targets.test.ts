import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  type Loss,
  Matrix,
  meanSquaredError,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";

const shares = Matrix.from([
  [0.7, 0.2, 0.1],
  [0.1, 0.1, 0.8],
]);
const indices = Matrix.from([[0], [2]]);
const oneHot = Matrix.from([
  [1, 0, 0],
  [0, 0, 1],
]);

const classLosses: readonly (readonly [string, Loss])[] = [
  ["softmaxCrossEntropy", softmaxCrossEntropy()],
  ["softmaxCrossEntropy, smoothed", softmaxCrossEntropy({ labelSmoothing: 0.1 })],
  ["categoricalCrossEntropy", categoricalCrossEntropy()],
];

describe.each(classLosses)("class targets of %s", (_, loss) => {
  it("are indices or one-hot rows, to the same bits", () => {
    expect(loss.total(shares, oneHot)).toEqual(loss.total(shares, indices));
    expect(loss.gradient(shares, oneHot).data).toEqual(loss.gradient(shares, indices).data);
  });

  it("or probabilities: half of each class is half of each loss", () => {
    const losses = [0, 1, 2].map((c) => loss.total(shares.row(0), Matrix.from([[c]])).sum);
    const mixed = loss.total(shares.row(0), Matrix.from([[0.5, 0.25, 0.25]])).sum;
    expect(mixed).toBeCloseTo(losses[0] / 2 + losses[1] / 4 + losses[2] / 4, 12);
  });

  it.each([
    [[[3], [0]], /expects class indices from 0 to 2, but got 3\. Check the labels, or `units`/],
    [[[-1], [0]], /expects class indices from 0 to 2, but got -1/],
    [[[0.5], [0]], /expects class indices from 0 to 2, but got 0\.5/],
    [[[Number.NaN], [0]], /expects class indices from 0 to 2, but got NaN/],
    [
      [
        [1, -1, 1],
        [0, 0, 1],
      ],
      /expects class shares of at least 0, but got -1/,
    ],
    [
      [
        [Number.NaN, 0, 0],
        [0, 0, 1],
      ],
      /expects class shares of at least 0, but got NaN/,
    ],
    [
      [
        [1, 0],
        [0, 1],
      ],
      /expects one column of class indices or 3 columns of shares as targets, but got \[2 × 2\]/,
    ],
    [[[0]], /expects a target for each of 2 predictions, but got 1 targets/],
  ])("%j are refused", (rows, message) => {
    expect(() => loss.total(shares, Matrix.from(rows))).toThrow(message);
    expect(() => loss.gradient(shares, Matrix.from(rows))).toThrow(message);
    expect(() => loss.mean(shares, Matrix.from(rows))).toThrow(message);
  });

  it("need two classes", () => {
    const one = Matrix.from([[0.5], [0.5]]);
    const advice = /expects predictions of at least 2 classes, but got 1 column\. .* use binaryCrossEntropy/;
    expect(() => loss.total(one, one)).toThrow(advice);
    expect(() => loss.checkTargets?.(1, one)).toThrow(advice);
    expect(loss.total(Matrix.from([[0.5, 0.5]]), Matrix.from([[1]])).weight).toBe(1);
  });
});

describe("other targets", () => {
  const p = Matrix.from([[0.5, 0.25]]);

  it.each<[RegExp, () => unknown]>([
    [
      /^meanSquaredError expects targets as wide .* 2 columns, but got 1\./,
      () => meanSquaredError().total(p, Matrix.from([[1]])),
    ],
    [
      /float32 targets .*, but got float64\. Convert/,
      () => meanSquaredError().total(p, Matrix.from([[1, 2]], "float64")),
    ],
    [
      /expects a Matrix of predictions and a Matrix of targets/,
      () => meanSquaredError().total(p, [[1, 2]] as never),
    ],
    [
      /expects a Matrix of predictions and a Matrix of targets/,
      () => meanSquaredError().gradient([[1, 2]] as never, p),
    ],
    [
      /expects weights \[1 × 1\], but got \[1 × 2\]/,
      () => meanSquaredError().total(p, p, Matrix.from([[1, 1]])),
    ],
    [
      /expects weights \[1 × 1\], but got \[2 × 1\]/,
      () => meanSquaredError().total(p, p, Matrix.from([[1], [1]])),
    ],
    [/targets from 0 to 1, but got 1\.5/, () => binaryCrossEntropy().total(p, Matrix.from([[0, 1.5]]))],
    [
      /targets from 0 to 1, but got -1/,
      () => binaryCrossEntropy({ fromLogits: true }).total(p, Matrix.from([[-1, 0]])),
    ],
    [
      /probabilities from 0 to 1, but got 2\. .* fromLogits: true/,
      () => binaryCrossEntropy().total(p.mul(4), p),
    ],
    [
      /probabilities from 0 to 1, but got -0\.5\. .* Softmax/,
      () => categoricalCrossEntropy().total(p.mul(-1), p),
    ],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });

  it("options are checked", () => {
    expect(() => softmaxCrossEntropy({ labelSmoothing: 1 })).toThrow(
      /^softmaxCrossEntropy expects `labelSmoothing`/,
    );
    expect(() => softmaxCrossEntropy({ smoothing: 0.1 } as never)).toThrow(/only the options labelSmoothing/);
    expect(() => binaryCrossEntropy({ fromLogits: 1 as never })).toThrow(/`fromLogits` to be true or false/);
  });
});
