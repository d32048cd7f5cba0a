import {
  Adam,
  accuracy,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  cosineDecay,
  Dense,
  earlyStopping,
  GradientDescent,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  stepDecay,
  warmup,
} from "chainrule";
import { type Case, type Given, wrong } from "./case.js";

const optimizers: readonly Case[] = [
  {
    what: "a learning rate of NaN",
    call: () => new SGD({ learningRate: Number.NaN }),
    says: /^SGD expects `learningRate` to be a finite number of at least 0, or a schedule .*, but got NaN\./,
  },
  {
    what: "a negative learning rate",
    call: () => new Adam({ learningRate: -0.1 }),
    says: /^Adam expects `learningRate` to be a finite number of at least 0, .*, but got -0.1\./,
  },
  {
    what: "a learning rate in a text",
    call: () => new SGD({ learningRate: wrong("0.1") }),
    says: /^SGD expects `learningRate` to be a finite number of at least 0, .*, but got "0.1"\./,
  },
  {
    what: "no learning rate",
    call: () => new SGD(wrong({})),
    says: /^SGD expects a `learningRate`, but got none\. Try 0.01\./,
  },
  {
    what: "an unknown option",
    call: () => new Adam(wrong({ learningrate: 0.1 })),
    says: /^Adam expects only the options .*, but got "learningrate"\. Did you mean "learningRate"\?$/,
  },
  {
    what: "a momentum of 1",
    call: () => new SGD({ learningRate: 0.1, momentum: 1 }),
    says: /^SGD expects `momentum` to be a number from 0 up to, but not including, 1, or a schedule, but got 1\./,
  },
  {
    what: "Nesterov's look ahead without a momentum",
    call: () => new SGD({ learningRate: 0.1, nesterov: true }),
    says: /^SGD expects a `momentum` with nesterov, but got none\. Try 0.9\./,
  },
  {
    what: "an epsilon of 0",
    call: () => new Adam({ epsilon: 0 }),
    says: /^Adam expects `epsilon` to be a finite number above 0, but got 0\./,
  },
  {
    what: "a norm of 0 to clip to",
    call: () => new SGD({ learningRate: 0.1, clipNorm: 0 }),
    says: /^SGD expects `clipNorm` to be a finite number above 0, but got 0\./,
  },
  {
    what: "an infinite learning rate between steps",
    call: ({ optimizer }) => {
      optimizer.learningRate = Number.POSITIVE_INFINITY;
    },
    says: /^Adam expects `learningRate` to be a finite number of at least 0, or a schedule, but got Infinity\./,
  },
  {
    what: "a schedule without its steps",
    call: () => cosineDecay(wrong({ initial: 0.1 })),
    says: /^cosineDecay expects `steps` to be a whole number of at least 1, but got undefined\./,
  },
  {
    what: "a schedule that changes every 0 steps",
    call: () => stepDecay({ initial: 0.1, every: 0, factor: 0.5 }),
    says: /^stepDecay expects `every` to be a whole number of at least 1, but got 0\./,
  },
  {
    what: "a warmup to NaN",
    call: () => warmup({ steps: 5, rate: Number.NaN }),
    says: /^warmup expects `rate` to be a finite number of at least 0, or a schedule, but got NaN\./,
  },
  {
    what: "a schedule that returns NaN",
    call: ({ model, optimizer, x, y }) => {
      const rate = optimizer.learningRate;
      optimizer.learningRate = () => Number.NaN;
      try {
        model.trainBatch(x, y);
      } finally {
        optimizer.learningRate = rate;
      }
    },
    says: /^A schedule expects to return a finite rate of at least 0, but got NaN at step 2\./,
  },
];

const compiling: readonly Case[] = [
  {
    what: "compile with nothing",
    call: ({ model }) => model.compile(wrong(undefined)),
    says: /^compile expects an options object, but got undefined\. Write compile\(\{ … \}\)\./,
  },
  {
    what: "compile with a misspelt name",
    call: ({ model }) => model.compile(wrong({ loss: softmaxCrossEntropy(), optimiser: new Adam() })),
    says: /^compile expects only the options loss, optimizer, metrics, but got "optimiser"\. Did you mean "optimizer"/,
  },
  {
    what: "a loss by its name",
    call: ({ model }) => model.compile({ loss: wrong("mse"), optimizer: new Adam() }),
    says: /^compile expects `loss` to be a loss such as softmaxCrossEntropy\(\), but got "mse"\./,
  },
  {
    what: "a loss that was not called",
    call: ({ model }) => model.compile({ loss: wrong(meanSquaredError), optimizer: new Adam() }),
    says: /^compile expects `loss` to be a loss .*, but got the function meanSquaredError\./,
  },
  {
    what: "an optimizer's class",
    call: ({ model }) => model.compile({ loss: meanSquaredError(), optimizer: wrong(Adam) }),
    says: /^compile expects `optimizer` to be an optimizer such as new Adam\(\), but got the function Adam\./,
  },
  {
    what: "one metric instead of a list",
    call: ({ model }) =>
      model.compile({ loss: meanSquaredError(), optimizer: new Adam(), metrics: wrong(accuracy()) }),
    says: /^compile expects `metrics` to be an array of metrics, but got an object/,
  },
  {
    what: "a metric that was not called",
    call: ({ model }) =>
      model.compile({ loss: meanSquaredError(), optimizer: new Adam(), metrics: [wrong(accuracy)] }),
    says: /^compile expects metrics such as accuracy\(\), but got the function accuracy\./,
  },
  {
    what: "a metric twice",
    call: ({ model }) =>
      model.compile({
        loss: softmaxCrossEntropy(),
        optimizer: new Adam(),
        metrics: [accuracy(), accuracy()],
      }),
    says: /^compile expects metrics with names of their own, but got "accuracy" twice\./,
  },
  {
    what: "a metric without a name",
    call: ({ model }) =>
      model.compile({
        loss: softmaxCrossEntropy(),
        optimizer: new Adam(),
        metrics: [wrong({ start: accuracy().start })],
      }),
    says: /^compile expects metrics with names of their own, but got undefined\./,
  },
  {
    what: "an optimizer of another model",
    call: ({ optimizer }) =>
      new Sequential([new Dense({ units: 1 })]).compile({ loss: meanSquaredError(), optimizer }),
    says: /^Adam expects to train one model, but got a second one\. It keeps state .*: make a new one\./,
  },
  {
    what: "compile during fit",
    call: ({ model }) => model.compile({ loss: meanSquaredError(), optimizer: new Adam() }),
    meanwhile: ({ model, x, y }) => model.fit({ x, y }),
    says: /^compile expects a model that is not being trained, but got a fit that is still running\. Await it/,
  },
  {
    what: "fit before compile",
    call: ({ model, x, y }) => model.clone().fit({ x, y }),
    says: /^fit expects a compiled model, but got no call of compile\. Call compile\(\{ loss, optimizer \}\) first/,
  },
  {
    what: "evaluate before compile",
    call: ({ model, x, y }) => model.clone().evaluate({ x, y }),
    says: /^evaluate expects a compiled model, but got no call of compile\./,
  },
  {
    what: "trainBatch before compile",
    call: ({ model, x, y }) => model.clone().trainBatch(x, y),
    says: /^trainBatch expects a compiled model, but got no call of compile\./,
  },
  {
    what: "the gradients of a trace before compile",
    call: ({ model, x, y }) => model.clone().trace(x, y),
    says: /^trace with targets expects a compiled model, but got no call of compile\./,
  },
  {
    what: "a class loss on one output",
    call: ({ x, y }) =>
      new Sequential([new Dense({ units: 1 })], { input: [4] })
        .compile({ loss: softmaxCrossEntropy(), optimizer: new Adam() })
        .fit({ x, y }),
    says: /^softmaxCrossEntropy expects predictions of at least 2 classes, but got 1 column\. .*binaryCrossEntropy/,
  },
];

/** A call of fit with these options on data that fits. */
const fitWith =
  (options: unknown) =>
  ({ model, x, y }: Given) =>
    model.fit({ x, y }, wrong(options));

/** A dataset that can be gone through once. */
function* once({ x, y }: Given) {
  yield { x, y };
}

const options: readonly Case[] = [
  {
    what: "a number instead of options",
    call: fitWith(10),
    says: /^fit expects an options object, but got 10\. Write fit\(\{ … \}\)\./,
  },
  {
    what: "a misspelt option",
    call: fitWith({ epoch: 3 }),
    says: /^fit expects only the options epochs, .*, but got "epoch"\. Did you mean "epochs"\?$/,
  },
  {
    what: "no epochs",
    call: fitWith({ epochs: 0 }),
    says: /^fit expects `epochs` to be a whole number of at least 1, but got 0\./,
  },
  {
    what: "endless epochs",
    call: fitWith({ epochs: Number.POSITIVE_INFINITY }),
    says: /^fit expects `epochs` to be a whole number of at least 1, but got Infinity\./,
  },
  {
    what: "batches of 2.5 rows",
    call: fitWith({ batchSize: 2.5 }),
    says: /^fit expects `batchSize` to be a whole number of at least 1, or one of "full", but got 2.5\./,
  },
  {
    what: "batches by an unknown name",
    call: fitWith({ batchSize: "all" }),
    says: /^fit expects `batchSize` to be a whole number of at least 1, or one of "full", but got "all"\./,
  },
  {
    what: "batch gradient descent in batches of 8",
    call: ({ model, x, y }) =>
      model
        .clone()
        .compile({ loss: softmaxCrossEntropy(), optimizer: new GradientDescent({ learningRate: 0.1 }) })
        .fit({ x, y }, { batchSize: 8 }),
    says: /^fit with GradientDescent expects batchSize "full", .*, but got 8\. Use SGD for mini-batches\./,
  },
  {
    what: "all rows for validation",
    call: fitWith({ validationSplit: 1 }),
    says: /^fit expects `validationSplit` to be a number from 0 up to, but not including, 1, but got 1\./,
  },
  {
    what: "a validation split that leaves no row",
    call: fitWith({ validationSplit: 0.01 }),
    says: /^fit expects `validationSplit` to leave at least one row .*, but got 0.01 of 24 rows\./,
  },
  {
    what: "two kinds of validation",
    call: ({ model, x, y }) => model.fit({ x, y }, { validation: { x, y }, validationSplit: 0.5 }),
    says: /^fit expects `validation` or `validationSplit`, but got both\./,
  },
  {
    what: "validation data that does not fit",
    call: ({ model, x, y }) => model.fit({ x, y }, { validation: { x: Matrix.zeros(24, 5), y } }),
    says: /^fit validation expects rows of 4 inputs, but got 5\./,
  },
  {
    what: "null for validation",
    call: fitWith({ validation: null }),
    says: /^fit validation expects data \{ x, y \}, but got null\./,
  },
  {
    what: "empty validation data",
    call: fitWith({ validation: { x: Matrix.zeros(0, 4), y: Matrix.zeros(0, 1) } }),
    says: /^fit validation expects at least one row of data, but got none\./,
  },
  {
    what: "a validation split in which no row counts",
    call: ({ model, x, y }) => {
      const kept = model.context.random.child("split").permutation(24).subarray(0, 6);
      const sampleWeight = y.map((_, r) => (kept.includes(r) ? 0 : 1));
      return model.fit({ x, y, sampleWeight }, { validationSplit: 0.25 });
    },
    says: /^fit validation expects rows of a weight above 0, but got only weights of 0\./,
  },
  {
    what: "a validation split of a dataset",
    call: ({ model, x, y }) => model.fit([{ x, y }], { validationSplit: 0.5 }),
    says: /^fit expects data in memory for `validationSplit`, but got a dataset\. Give `validation`\./,
  },
  {
    what: "a dataset to be shuffled",
    call: ({ model, x, y }) => model.fit([{ x, y }], { shuffle: true }),
    says: /^fit expects data in memory for `shuffle`, but got a dataset\./,
  },
  {
    what: "a one-shot dataset for several epochs",
    call: (given) => given.model.fit(once(given), { epochs: 3 }),
    says: /^fit expects data that can be gone through 3 times, but got a one-shot iterator\. Give an object/,
  },
  {
    what: "a one-shot validation for several epochs",
    call: (given) => given.model.fit(given, { epochs: 2, validation: once(given) }),
    says: /^fit expects validation that can be gone through 2 times, but got a one-shot iterator\./,
  },
  {
    what: "a web stream for several epochs",
    call: ({ model }) => model.fit(wrong(new ReadableStream()), { epochs: 2 }),
    says: /^fit expects data that can be gone through 2 times, but got a one-shot iterator\./,
  },
  {
    what: "more steps an epoch than there are batches",
    call: fitWith({ batchSize: 12, stepsPerEpoch: 3 }),
    says: /^fit expects `stepsPerEpoch` of at most 2, the batches there are, but got 3\./,
  },
  {
    what: "steps an epoch in batch gradient descent",
    call: fitWith({ batchSize: "full", stepsPerEpoch: 2 }),
    says: /^fit expects no `stepsPerEpoch` with batchSize "full", .*, but got 2\./,
  },
  {
    what: "a weight for a class that there is not",
    call: fitWith({ classWeight: { 0: 1, 3: 5 } }),
    says: /^fit expects class indices from 0 to 2 in `classWeight`, but got "3"\./,
  },
  {
    what: "a class by its name",
    call: fitWith({ classWeight: { cat: 2 } }),
    says: /^fit expects class indices from 0 to 2 in `classWeight`, but got "cat"\./,
  },
  {
    what: "a negative class weight",
    call: fitWith({ classWeight: [1, -1, 1] }),
    says: /^fit expects finite numbers of at least 0 in `classWeight`, but got -1\./,
  },
  {
    what: "class weights in a Map",
    call: fitWith({ classWeight: new Map([[0, 2]]) }),
    says: /^fit expects `classWeight` such as \{ 0: 1, 1: 20 \}, but got a Map\./,
  },
  {
    what: "class weights for numbers that are no classes",
    call: ({ model, x }) =>
      new Sequential([new Dense({ units: 1 })], { input: [4] })
        .compile({ loss: meanSquaredError(), optimizer: new Adam() })
        .fit({ x, y: model.predict(x).sum("rows") }, { classWeight: { 0: 2 } }),
    says: /^fit expects class indices as targets for `classWeight`, but got -?\d+\.\d+ in row 0\./,
  },
  {
    what: "one callback instead of a list",
    call: fitWith({ callbacks: earlyStopping() }),
    says: /^fit expects `callbacks` to be an array, but got an object/,
  },
  {
    what: "a callback that was not made",
    call: fitWith({ callbacks: [earlyStopping] }),
    says: /^fit expects callbacks that are objects, but got the function earlyStopping\. Call the factory/,
  },
  {
    what: "a callback for an unknown moment",
    call: fitWith({ callbacks: [{ onEpochEnds() {} }] }),
    says: /^fit expects callbacks with onTrainBegin, .*, but got onEpochEnds\. Did you mean "onEpochEnd"\?$/,
  },
  {
    what: "a callback's class for an unknown moment",
    call: fitWith({
      callbacks: [
        new (class {
          onBatchEnds() {}
        })(),
      ],
    }),
    says: /^fit expects callbacks with onTrainBegin, .*, but got onBatchEnds\. Did you mean "onBatchEnd"\?$/,
  },
  {
    what: "a callback that is no function",
    call: fitWith({ callbacks: [{ onEpochEnd: 5 }] }),
    says: /^fit expects `onEpochEnd` of a callback to be a function, but got 5\./,
  },
  {
    what: "a patience of less than nothing",
    call: () => earlyStopping({ patience: -1 }),
    says: /^earlyStopping expects `patience` to be a whole number of at least 0, but got -1\./,
  },
  {
    what: "watching a number that is not measured",
    call: fitWith({ callbacks: [earlyStopping()] }),
    says: /^earlyStopping expects a number called "validationLoss", but got only loss, accuracy\. Give fit `valid/,
  },
  {
    what: "watching a misspelt number",
    call: fitWith({ callbacks: [earlyStopping({ monitor: "acuracy" })] }),
    says: /^earlyStopping expects a number called "acuracy", .* loss, accuracy\. Did you mean "accuracy"\?$/,
  },
  {
    what: "a signal that is none",
    call: fitWith({ signal: "stop" }),
    says: /^fit expects `signal` to be an AbortSignal, but got "stop"\./,
  },
  {
    what: "a second fit while one runs",
    call: fitWith({}),
    meanwhile: ({ model, x, y }) => model.fit({ x, y }, { epochs: 2 }),
    says: /^fit expects a model that is not being trained, but got a fit that is still running\. Await it first\./,
  },
  {
    what: "trainBatch while a fit runs",
    call: ({ model, x, y }) => model.trainBatch(x, y),
    meanwhile: ({ model, x, y }) => model.fit({ x, y }, { epochs: 2 }),
    says: /^trainBatch expects a model that is not being trained, but got a fit that is still running\./,
  },
];

const losses: readonly Case[] = [
  {
    what: "a misspelt option of a loss",
    call: () => softmaxCrossEntropy(wrong({ labelSmothing: 0.1 })),
    says: /^softmaxCrossEntropy expects only the options labelSmoothing, classWeight, ignoreIndex, but got "labelSmothing"\. Did you mean/,
  },
  {
    what: "logits for a loss on probabilities",
    call: ({ model, x, y }) =>
      model.clone().compile({ loss: categoricalCrossEntropy(), optimizer: new Adam() }).trainBatch(x, y),
    says: /^categoricalCrossEntropy expects probabilities from 0 to 1, but got -?\d.*\. End the model with Softmax/,
  },
  {
    what: "yes and no as −1 and 1",
    call: ({ x }) =>
      new Sequential([new Dense({ units: 1 })], { input: [4] })
        .compile({ loss: binaryCrossEntropy({ fromLogits: true }), optimizer: new Adam() })
        .fit({ x, y: Matrix.full(x.rows, 1, -1) }),
    says: /^binaryCrossEntropy expects targets from 0 to 1, but got -1\./,
  },
];

export const training: readonly Case[] = [...optimizers, ...compiling, ...options, ...losses];
