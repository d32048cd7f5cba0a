import { Matrix } from "chainrule";
import { weights } from "../support/models.js";
import { type Case, type Given, wrong } from "./case.js";

/** A copy of x with a number poked in. */
function poked(m: Matrix, r: number, c: number, value: number): Matrix {
  const copy = m.copy();
  copy.set(r, c, value);
  return copy;
}

/** What is wrong with a batch, whoever is given it. */
interface Fault {
  readonly what: string;
  readonly data: (given: Given) => unknown;
  readonly says: string;
  /** Whether it is a fault of a whole dataset, which shows at its end and not in its first batch. */
  readonly late?: boolean;
}

const faults: readonly Fault[] = [
  { what: "no data", data: () => undefined, says: "expects data { x, y }, but got undefined." },
  { what: "data of null", data: () => null, says: "expects data { x, y }, but got null." },
  {
    what: "inputs as a plain array",
    data: ({ y }) => ({ x: [[1, 2, 3, 4]], y }),
    says: "expects `x` to be a Matrix, but got an array of 1. Use Matrix.from(rows) for arrays.",
  },
  {
    what: "targets as a plain array",
    data: ({ x }) => ({ x, y: [0, 1, 2] }),
    says: "expects `y` to be a Matrix, but got an array of 3. Use Matrix.from(rows) for arrays.",
  },
  {
    what: "no targets",
    data: ({ x }) => ({ x }),
    says: "expects `y` to be a Matrix, but got undefined.",
  },
  {
    what: "fewer targets than inputs",
    data: ({ x, y }) => ({ x, y: y.slice(1) }),
    says: "expects as many rows of `x` as of `y`, but got 24 and 23.",
  },
  {
    what: "inputs of another dtype",
    data: ({ x, y }) => ({ x: x.as("float64"), y: y.as("float64") }),
    says: 'expects float32 data, as the model is, but got float64. Convert the data with .as("float32")',
  },
  {
    what: "targets of another dtype than inputs",
    data: ({ x, y }) => ({ x, y: y.as("float64") }),
    says: 'expects `y` in float32, as `x`, but got float64. Convert it with .as("float32").',
  },
  {
    what: "NaN in the inputs",
    data: ({ x, y }) => ({ x: poked(x, 3, 1, Number.NaN), y }),
    says: "expects finite numbers in `x`, but got NaN in row 3, column 1. Clean the data, or scale it.",
  },
  {
    what: "infinity in the inputs",
    data: ({ x, y }) => ({ x: poked(x, 23, 3, Number.NEGATIVE_INFINITY), y }),
    says: "expects finite numbers in `x`, but got -Infinity in row 23, column 3.",
  },
  {
    what: "NaN in the targets",
    data: ({ x, y }) => ({ x, y: poked(y, 7, 0, Number.NaN) }),
    says: "expects finite numbers in `y`, but got NaN in row 7, column 0.",
  },
  {
    what: "a misspelt sampleWeight",
    data: ({ x, y }) => ({ x, y, sampleWeights: weights(24) }),
    says: 'expects data { x, y, sampleWeight }, but got "sampleWeights". Did you mean "sampleWeight"?',
  },
  {
    what: "weights as a plain array",
    data: ({ x, y }) => ({ x, y, sampleWeight: [1, 2] }),
    says: "expects `sampleWeight` to be a Matrix, but got an array of 2.",
  },
  {
    what: "fewer weights than inputs",
    data: ({ x, y }) => ({ x, y, sampleWeight: weights(23) }),
    says: "expects as many rows of `x` as of `sampleWeight`, but got 24 and 23.",
  },
  {
    what: "two weights a row",
    data: ({ x, y }) => ({ x, y, sampleWeight: Matrix.full(24, 2, 1) }),
    says: "expects `sampleWeight` [24 × 1], a number for each row, but got [24 × 2].",
  },
  {
    what: "weights of another dtype",
    data: ({ x, y }) => ({ x, y, sampleWeight: weights(24, "float64") }),
    says: "expects `sampleWeight` in float32, as `x`, but got float64.",
  },
  {
    what: "a negative weight",
    data: ({ x, y }) => ({ x, y, sampleWeight: poked(weights(24), 2, 0, -1) }),
    says: "expects finite weights of at least 0, but got -1.",
  },
  {
    what: "a weight of NaN",
    data: ({ x, y }) => ({ x, y, sampleWeight: poked(weights(24), 2, 0, Number.NaN) }),
    says: "expects finite weights of at least 0, but got NaN.",
  },
  {
    what: "an infinite weight",
    data: ({ x, y }) => ({ x, y, sampleWeight: poked(weights(24), 2, 0, Number.POSITIVE_INFINITY) }),
    says: "expects finite weights of at least 0, but got Infinity.",
  },
  {
    what: "weights of 0 only",
    data: ({ x, y }) => ({ x, y, sampleWeight: Matrix.zeros(24, 1) }),
    says: "expects rows of a weight above 0, but got only weights of 0.",
    late: true,
  },
  {
    what: "no rows",
    data: () => ({ x: Matrix.zeros(0, 4), y: Matrix.zeros(0, 1) }),
    says: "expects at least one row of data, but got none.",
    late: true,
  },
];

/** Faults that show only beside a model that is built, or against its loss. */
const misfits: readonly Fault[] = [
  {
    what: "inputs that are too wide",
    data: ({ y }) => ({ x: Matrix.zeros(24, 5), y }),
    says: "expects rows of 4 inputs, but got 5. Check `x`, or `input`.",
  },
];

const targets: readonly Fault[] = [
  {
    what: "a class above the last",
    data: ({ x, y }) => ({ x, y: poked(y, 0, 0, 3) }),
    says: "softmaxCrossEntropy expects class indices from 0 to 2, but got 3. Check the labels, or `units`",
  },
  {
    what: "half a class",
    data: ({ x, y }) => ({ x, y: poked(y, 0, 0, 0.5) }),
    says: "softmaxCrossEntropy expects class indices from 0 to 2, but got 0.5.",
  },
  {
    what: "classes in two columns",
    data: ({ x }) => ({ x, y: Matrix.zeros(24, 2) }),
    says: "softmaxCrossEntropy expects one column of class indices or 3 columns of shares as targets, but got",
  },
  {
    what: "a negative share of a class",
    data: ({ x }) => ({ x, y: poked(Matrix.full(24, 3, 0.5), 1, 1, -0.5) }),
    says: "softmaxCrossEntropy expects class shares of at least 0, but got -0.5.",
  },
];

const literally = (sentence: string) => new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);

/** Each fault given to fit, in memory and as a dataset, to evaluate, to trainBatch, and to a model that is not built. */
const everywhere = [...faults, ...misfits, ...targets].flatMap(({ what, data, says, late }): Case[] => {
  const who = (name: string) => literally(says.startsWith("expects") ? `${name} ${says}` : says);
  const batch = (given: Given) => wrong(data(given));
  const memory: Case = { what, call: (given) => given.model.fit(batch(given)), says: who("fit") };
  const others: Case[] = [
    {
      what: `${what}, in a dataset`,
      call: (given) => given.model.fit([batch(given)]),
      says: who("fit"),
    },
    {
      what: `${what}, in a dataset that is cut anew`,
      call: (given) => given.model.fit([batch(given)], { batchSize: 5 }),
      says: who("fit"),
    },
    {
      what: `${what}, to evaluate`,
      call: (given) => given.model.evaluate(batch(given)),
      says: who("evaluate"),
    },
  ];
  const lazily: Case[] = misfits.some((fault) => fault.what === what)
    ? []
    : [
        { ...memory, what: `${what}, in the first batch`, lazy: true },
        ...(late ? [] : [{ ...others[0], what: `${what}, in the first batch of a dataset`, lazy: true }]),
        { ...others[2], what: `${what}, in the first batch to evaluate`, lazy: true },
      ];
  return [memory, ...others, ...lazily];
});

const single: readonly Case[] = [
  {
    what: "a plain array to trainBatch",
    call: ({ model, y }) => model.trainBatch(wrong([[1, 2, 3, 4]]), y),
    says: /^trainBatch expects a Matrix, but got an array of 1\. Use Matrix.from\(rows\) for arrays\.$/,
  },
  {
    what: "plain targets to trainBatch",
    call: ({ model, x }) => model.trainBatch(x, wrong([0, 1])),
    says: /^trainBatch expects `y` to be a Matrix, but got an array of 2\./,
  },
  {
    what: "a class above the last to trainBatch",
    call: ({ model, x, y }) => model.trainBatch(x, poked(y, 0, 0, 9)),
    says: /^softmaxCrossEntropy expects class indices from 0 to 2, but got 9\./,
    lazy: true,
  },
  {
    what: "weights of 0 to trainBatch",
    call: ({ model, x, y }) => model.trainBatch(x, y, Matrix.zeros(24, 1)),
    says: /^trainBatch expects rows of a weight above 0, but got only weights of 0\./,
  },
  {
    what: "no rows to trainBatch",
    call: ({ model }) => model.trainBatch(Matrix.zeros(0, 4), Matrix.zeros(0, 1)),
    says: /^trainBatch expects at least one row of data, but got none\./,
    lazy: true,
  },
  {
    what: "a plain array to predict",
    call: ({ model }) => model.predict(wrong([[1, 2, 3, 4]])),
    says: /^predict expects a Matrix, but got an array of 1\. Use Matrix.from\(rows\) for arrays\.$/,
  },
  {
    what: "rows to predict that are too wide",
    call: ({ model }) => model.predict(Matrix.zeros(2, 5)),
    says: /^predict expects rows of 4 inputs, but got 5\./,
  },
  {
    what: "another dtype to predict",
    call: ({ model }) => model.predict(Matrix.zeros(2, 4, "float64")),
    says: /^predict expects float32 data, as the model is, but got float64\. Convert the data/,
    lazy: true,
  },
  {
    what: "rows of nothing to predict",
    call: ({ model }) => model.predict(Matrix.from([])),
    says: /^predict expects rows of at least one number, but got \[0 × 0\]\./,
    lazy: true,
  },
  {
    what: "rows that are too wide to run forward",
    call: ({ model }) => model.forward(Matrix.zeros(2, 5), false),
    says: /^Sequential expects rows of 4 numbers, but got 5\./,
  },
  {
    what: "another dtype to run forward",
    call: ({ model }) => model.forward(Matrix.zeros(2, 4, "float64"), false),
    says: /^Sequential expects float32 numbers, but got float64\./,
    lazy: true,
  },
  {
    what: "NaN to trace",
    call: ({ model, x }) => model.trace(poked(x, 0, 0, Number.NaN)),
    says: /^trace expects finite numbers in `x`, but got NaN in row 0, column 0\./,
  },
  {
    what: "targets to trace that do not fit",
    call: ({ model, x, y }) => model.trace(x, y.slice(1)),
    says: /^trace expects as many rows of `x` as of `y`, but got 24 and 23\./,
    lazy: true,
  },
  {
    what: "no rows to trace against targets",
    call: ({ model }) => model.trace(Matrix.zeros(0, 4), Matrix.zeros(0, 1)),
    says: /^trace expects at least one row of data, but got none\./,
  },
  {
    what: "evaluate in batches of 0",
    call: ({ model, x, y }) => model.evaluate({ x, y }, { batchSize: 0 }),
    says: /^evaluate expects `batchSize` to be a whole number of at least 1, but got 0\./,
  },
  {
    what: "a misspelt option of evaluate",
    call: ({ model, x, y }) => model.evaluate({ x, y }, wrong({ batchsize: 8 })),
    says: /^evaluate expects only the options batchSize, but got "batchsize"\. Did you mean "batchSize"\?$/,
  },
  {
    what: "a dataset without batches",
    call: ({ model }) => model.fit([]),
    says: /^fit expects at least one row of data, but got none\. Has a one-shot stream run out\?$/,
  },
  {
    what: "a dataset without batches, to build by",
    call: ({ model }) => model.fit([]),
    says: /^fit expects at least one row of data, but got an empty dataset\./,
    lazy: true,
  },
  {
    what: "numbers instead of batches",
    call: ({ model }) => model.fit(wrong([1, 2, 3])),
    says: /^fit expects data \{ x, y \}, but got 1\./,
  },
];

export const data: readonly Case[] = [...everywhere, ...single];
