import {
  binaryFocalCrossEntropy,
  categoricalCrossEntropy,
  categoricalFocalCrossEntropy,
  categoricalHinge,
  cosineEmbedding,
  cosineSimilarity,
  type DType,
  dice,
  gaussianNLL,
  hinge,
  klDivergence,
  type Loss,
  logCosh,
  Matrix,
  marginRanking,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  multiMargin,
  poisson,
  quantile,
  smoothL1,
  softmaxCrossEntropy,
  squaredHinge,
  tripletMargin,
  tversky,
} from "chainrule";
import { describe, expect, it } from "vitest";

const focal = binaryFocalCrossEntropy({ fromLogits: true });
const focalClasses = categoricalFocalCrossEntropy({ fromLogits: true });
const logarithms = klDivergence({ fromLogProbabilities: true });
const rates = poisson({ logInput: false });
const { MAX_VALUE: most, NEGATIVE_INFINITY: none } = Number;

type Answer = [string, Loss, prediction: number[], target: number[], loss: number, gradient: number[]];

describe.each<DType>(["float64", "float32"])("exact answers, %s", (dtype) => {
  const m = (rows: number[][]) => Matrix.from(rows, dtype);

  const answers: readonly Answer[] = [
    ["1% off", meanAbsolutePercentageError(), [101], [100], 1, [1]],
    ["equal", meanAbsolutePercentageError(), [5, 0], [5, 0], 0, [0, 0]],
    ["of 0", meanAbsolutePercentageError(), [1], [0], 1e9, [1e9]],
    ["below 0 counts as 0", meanSquaredLogarithmicError(), [-3], [0], 0, [0]],
    ["equal", meanSquaredLogarithmicError(), [7], [7], 0, [0]],
    ["within β", smoothL1({ beta: 2 }), [1], [0], 0.25, [0.5]], // ½·1²/2
    ["beyond β", smoothL1({ beta: 2 }), [-1000], [0], 999, [-1]],
    ["at the bend", smoothL1({ beta: 0 }), [1], [1], 0, [0]],
    ["far", logCosh(), [2000], [0], 2000 - Math.LN2, [1]],
    ["equal", logCosh(), [3], [3], 0, [0]],
    ["too low", quantile({ quantile: 0.75 }), [0], [4], 3, [-0.75]],
    ["too high", quantile({ quantile: 0.75 }), [4], [0], 1, [0.25]],
    ["equal", quantile(), [4], [4], 0, [0]],
    ["right by 1", hinge(), [1, -1], [1, -1], 0, [0, 0]],
    ["wrong by 1000", hinge(), [1000, 1000], [-1, 1], 500.5, [0.5, 0]],
    ["wrong", squaredHinge(), [1, 2], [-1, 1], 2, [2, 0]], // (1 + 1)² / 2, 2·2 / 2
    ["sure and wrong", focal, [1000], [0], 1000, [1]],
    ["sure and right", focal, [1000, -1000], [1, 0], 0, [0, 0]],
    ["undecided", binaryFocalCrossEntropy({ fromLogits: true, gamma: 0 }), [0], [1], Math.LN2, [-0.5]],
    ["probability 1, wrong", binaryFocalCrossEntropy({ gamma: 0 }), [1], [0], 100, [1e12]],
    ["probabilities, right", binaryFocalCrossEntropy({ gamma: 0.5 }), [1, 0], [1, 0], 0, [0, 0]],
    ["sure and wrong", focalClasses, [1000, -1000], [1], 2000, [1, -1]],
    ["sure and right", focalClasses, [1000, -1000], [0], 0, [0, 0]],
    ["probability 1, right", categoricalFocalCrossEntropy({ gamma: 0.5 }), [1, 0], [0], 0, [0, 0]],
    ["equal", klDivergence(), [0.5, 0.25, 0.25], [0.5, 0.25, 0.25], 0, [-1, -1, -1]],
    ["log 0", klDivergence(), [1, 0], [0, 1], 100, [0, -1e12]],
    ["log 0 that does not count", logarithms, [0, none], [1, 0], 0, [-1, 0]],
    ["0·ln 0", klDivergence({ logTarget: true }), [1, 0], [0, none], 0, [-1, 0]],
    ["rate 1 for nothing", poisson(), [0], [0], 1, [1]],
    ["no rate, nothing", poisson(), [none], [0], 0, [0]],
    ["no rate, nothing", rates, [0], [0], 0, [1]],
    ["at the mean", gaussianNLL(), [3, 1], [3], 0, [0, 0.5]],
    ["off by 2", gaussianNLL(), [3, 1], [1], 2, [2, -1.5]], // ½·4, (m − t)/v, ½·(1 − 4)
    ["all margins", multiMargin(), [0, 0, 1.5], [2], 0, [0, 0, 0]],
    ["no margin", multiMargin(), [1, 1, 1, 1], [0], 0.75, [-0.75, 0.25, 0.25, 0.25]],
    ["won", categoricalHinge(), [3, 1, 2], [0], 0, [0, 0, 0]],
    ["lost", categoricalHinge(), [1, 3, 2], [0], 3, [-1, 1, 0]],
    ["rivals below 0", categoricalHinge(), [-1, -3], [0], 2, [-1, 0]],
    ["equal", cosineSimilarity(), [3, 4], [3, 4], 0, [0, 0]],
    ["opposite", cosineSimilarity(), [3, 4], [-3, -4], 2, [0, 0]],
    ["upright", cosineSimilarity(), [2, 0], [0, 3], 1, [0, -0.5]],
    ["no target", cosineSimilarity(), [3, 4], [0, 0], 1, [0, 0]],
    ["neither", cosineSimilarity(), [0, 0], [0, 0], 1, [0, 0]],
    ["alike", cosineEmbedding(), [3, 4, 3, 4], [1], 0, [0, 0, 0, 0]],
    ["alike and not to be", cosineEmbedding({ margin: 0.5 }), [1, 0, 1, 0], [-1], 0.5, [0, 0, 0, 0]],
    ["in order", marginRanking(), [2, 1], [1], 0, [0, 0]],
    ["out of order", marginRanking({ margin: 0.5 }), [2, 1], [-1], 1.5, [1, -1]],
    ["far off", tripletMargin({ epsilon: 0 }), [0, 0, 3, 4, 0, 0], [0], 6, [-0.6, -0.8, 0.6, 0.8, 0, 0]],
    ["all the same", tripletMargin({ epsilon: 0 }), [1, 1, 1], [0], 1, [0, 0, 0]],
    ["found", dice(), [1, 0, 1], [1, 0, 1], 0, [-0.2, 0.2, -0.2]], // −(2 − 1)·5/5²
    ["nothing to find", dice({ smooth: 0 }), [0, 0], [0, 0], 0, [0, 0]],
    ["missed", dice({ smooth: 0 }), [0, 0], [1, 0], 1, [-2, 0]],
    ["false", tversky({ alpha: 0.25, beta: 0.75 }), [1, 0], [0, 1], 0.5, [0.0625, -0.4375]], // ¼·1/2², −(¾·1 + 1)/2²
  ];

  it.each(answers.map((a) => [`${a[1].name}, ${a[0]}`, a] as const))("%s", (_, answer) => {
    const [, loss, prediction, target, value, gradient] = answer;
    const [p, t] = [m([prediction]), m([target])];
    const rtol = dtype === "float64" ? 1e-14 : 1e-6;
    const total = loss.total(p, t);
    expect(Math.abs(total.sum - value)).toBeLessThanOrEqual(rtol * Math.abs(value));
    expect(total.weight).toBe(1);
    for (const [i, g] of loss.gradient(p, t).data.entries()) {
      expect(Math.abs(g - gradient[i])).toBeLessThanOrEqual(rtol * Math.abs(gradient[i]));
    }
  });
});

describe("what is huge", () => {
  const m = (...row: number[]) => Matrix.from([row], "float64");

  it("does not overflow where the answer is finite", () => {
    expect(meanAbsolutePercentageError().total(m(most), m(-most)).sum).toBe(200);
    expect(smoothL1({ beta: 1e300 }).total(m(1e200), m(0)).sum).toBeCloseTo(0.5e100, -90);
    expect(cosineSimilarity().total(m(1e200, 0), m(0, 1e300)).sum).toBe(1);
    expect(gaussianNLL().total(m(1e200, 1e300), m(0)).sum).toBeCloseTo(0.5e100, -90);
    expect(tripletMargin().total(m(0, 0, 0, 0, 3e200, 4e200), m(0)).sum).toBe(0);
    expect(meanSquaredLogarithmicError().total(m(1e300), m(0)).sum).toBeCloseTo(Math.log(1e300) ** 2, 6);
  });

  it("nor does what is tiny vanish", () => {
    expect(logCosh().total(m(1e-9), m(0)).sum).toBeCloseTo(0.5e-18, 30);
    expect(meanSquaredLogarithmicError().total(m(1 + 2 ** -40), m(1)).sum / 2 ** -82).toBeCloseTo(1, 9);
    expect(cosineSimilarity().total(m(1, 1e-10), m(1, 0)).sum).toBeCloseTo(0.5e-20, 30);
  });
});

describe("rows that are left out", () => {
  const z = Matrix.from([
    [Number.NaN, 0],
    [1, 2],
  ]);
  const targets = Matrix.from([[-100], [1]]);
  const losses = [softmaxCrossEntropy, categoricalCrossEntropy];

  it.each(losses)("weigh nothing, whatever was predicted: $name", (factory) => {
    const loss = factory({ ignoreIndex: -100, classWeight: [1, 4] });
    const p = factory === softmaxCrossEntropy ? z : z.div(2);
    const [all, kept] = [loss.total(p, targets), loss.total(p.slice(1, 2), targets.slice(1, 2))];
    expect(all).toEqual(kept);
    expect(all.weight).toBe(4);
    expect(Array.from(loss.gradient(p, targets).row(0).data, (g) => g + 0)).toEqual([0, 0]);
    const into = Matrix.full(2, 2, Number.NaN);
    expect(loss.totalAndGradient?.(p, targets, undefined, into)).toEqual(kept);
    expect(into.data).toEqual(loss.gradient(p, targets).data);
  });

  it.each(losses)("are no classes without the option: $name", (factory) => {
    expect(() => factory().total(z, targets)).toThrow(/class indices from 0 to 1, but got -100/);
    expect(() => factory({ ignoreIndex: -1 }).total(z, targets)).toThrow(/but got -100/);
  });

  it("are told to the loss that takes over from Softmax", () => {
    const fused = categoricalCrossEntropy({ ignoreIndex: -100 }).fused?.loss;
    expect(fused?.total(z, targets).weight).toBe(1);
  });
});

describe("bad input", () => {
  const m = (...row: number[]) => Matrix.from([row]);

  it.each<[RegExp, () => unknown]>([
    [/^hinge expects targets of 1 and -1, but got 0\. .* 2·label − 1/, () => hinge().total(m(0), m(0))],
    [/^squaredHinge expects targets of 1 and -1/, () => squaredHinge().total(m(0), m(0.5))],
    [
      /^meanSquaredLogarithmicError .* at least 0, but got -1/,
      () => meanSquaredLogarithmicError().total(m(0), m(-1)),
    ],
    [
      /^klDivergence expects targets of at least 0, but got -1\. .*logTarget/,
      () => klDivergence().total(m(0), m(-1)),
    ],
    [
      /^klDivergence expects logarithms of .* but got 0\.5/,
      () => klDivergence({ logTarget: true }).total(m(0), m(0.5)),
    ],
    [
      /^klDivergence expects probabilities from 0 to 1, but got -1\. .*fromLogProbabilities/,
      () => klDivergence().total(m(-1), m(1)),
    ],
    [/^poisson expects counts of at least 0 as targets, but got -1/, () => poisson().total(m(0), m(-1))],
    [/^poisson expects rates of at least 0, but got -1\. .*Softplus/, () => rates.total(m(-1), m(1))],
    [/^gaussianNLL expects variances of at least 0, but got -1/, () => gaussianNLL().total(m(0, -1), m(1))],
    [
      /^gaussianNLL expects predictions \[mean \| variance\] in 2 equal blocks .* 3 columns/,
      () => gaussianNLL().total(m(0, 1, 2), m(1)),
    ],
    [
      /^gaussianNLL expects targets of 1 columns beside .* but got 2/,
      () => gaussianNLL().total(m(0, 1), m(1, 1)),
    ],
    [/^cosineEmbedding expects targets of 1 and -1, but got 0/, () => cosineEmbedding().total(m(0, 1), m(0))],
    [/^cosineEmbedding expects targets of 1 columns/, () => cosineEmbedding().total(m(0, 1), m(1, 1))],
    [/^marginRanking expects targets of 1 and -1, but got 2/, () => marginRanking().total(m(0, 1), m(2))],
    [
      /^tripletMargin expects .* in 3 equal blocks of columns, but got 4 columns/,
      () => tripletMargin().total(m(1, 2, 3, 4), m(0)),
    ],
    [
      /^tripletMargin expects a target for each of 1 predictions/,
      () => tripletMargin().total(m(1, 2, 3), Matrix.zeros(0, 1)),
    ],
    [/^dice expects probabilities from 0 to 1, but got 2/, () => dice().total(m(2), m(1))],
    [/^tversky expects targets from 0 to 1, but got -1/, () => tversky().total(m(1), m(-1))],
    [
      /^binaryFocalCrossEntropy expects probabilities .* fromLogits/,
      () => binaryFocalCrossEntropy().total(m(2), m(1)),
    ],
    [
      /^categoricalFocalCrossEntropy expects probabilities .* fromLogits/,
      () => categoricalFocalCrossEntropy().total(m(2, 0), m(1)),
    ],
    [/^multiMargin expects class indices from 0 to 1, but got 2/, () => multiMargin().total(m(1, 2), m(2))],
    [/^cosineSimilarity expects targets as wide/, () => cosineSimilarity().total(m(1, 2), m(2))],
    [
      /^softmaxCrossEntropy expects a `classWeight` for each of 3 classes, but got 2/,
      () => softmaxCrossEntropy({ classWeight: [1, 2] }).total(m(1, 2, 3), m(2)),
    ],
    [/`classWeight` to be a list of finite numbers/, () => softmaxCrossEntropy({ classWeight: [-1, 2] })],
    [/`ignoreIndex` to be a whole number/, () => categoricalCrossEntropy({ ignoreIndex: 0.5 })],
    [/`quantile` to be a number above 0 and below 1/, () => quantile({ quantile: 1 })],
    [/`beta` to be a finite number of at least 0/, () => smoothL1({ beta: -1 })],
    [/`gamma` to be a finite number of at least 0/, () => binaryFocalCrossEntropy({ gamma: -1 })],
    [/`alpha` to be a number from 0 to 1/, () => binaryFocalCrossEntropy({ alpha: 2 })],
    [/`p` to be 1 or 2/, () => multiMargin({ p: 3 as never })],
    [/`p` to be a finite number of at least 1/, () => tripletMargin({ p: 0.5 })],
    [/`epsilon` to be a finite number above 0/, () => gaussianNLL({ epsilon: 0 })],
    [/`smooth` to be a finite number of at least 0/, () => dice({ smooth: -1 })],
    [/only the options alpha, beta, smooth/, () => tversky({ gamma: 1 } as never)],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });
});
