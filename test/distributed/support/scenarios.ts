import {
  ActivityRegularization,
  Adam,
  accuracy,
  BatchNorm,
  binaryCrossEntropy,
  type Callback,
  Dense,
  Dropout,
  Embedding,
  earlyStopping,
  Flatten,
  f1,
  GaussianNoise,
  GradientDescent,
  LayerNorm,
  LBFGS,
  l2,
  Matrix,
  meanSquaredError,
  PReLU,
  Random,
  ReLU,
  Residual,
  RMSNorm,
  reduceOnPlateau,
  rocAuc,
  Sequential,
  SGD,
  Sigmoid,
  softmaxCrossEntropy,
} from "chainrule";
import { moreScenarios, type Scenario } from "./more-scenarios.js";

/** Two moons of a sort: three classes that a small network can tell apart. */
function classes(rows: number, seed: number) {
  const random = Random.fromSeed(seed);
  const noise = Matrix.zeros(rows, 5);
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = random.normal(i);
  const y = Matrix.zeros(rows, 1);
  for (let r = 0; r < rows; r++) {
    const kind = r % 3;
    y.set(r, 0, kind);
    noise.set(r, kind, noise.at(r, kind) + 2);
  }
  return { x: noise, y };
}

function numbers(rows: number, seed: number) {
  const { x } = classes(rows, seed);
  const y = Matrix.from(x.toArray().map((row) => [Math.tanh(row[0] - row[1]), row[2] * 0.5]));
  return { x, y };
}

const loss = softmaxCrossEntropy();

/** Trainings that are told apart by what is summed over rows in them. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  ...moreScenarios,
  "the issue's list": {
    model: () =>
      new Sequential(
        [
          new Dense({ units: 16 }),
          new BatchNorm(),
          new ReLU(),
          new Dropout({ rate: 0.2 }),
          new Dense({ units: 3 }),
        ],
        { input: [5], seed: 7 },
      ).compile({
        loss,
        optimizer: new SGD({ learningRate: 0.05, momentum: 0.9, globalClipNorm: 1 }),
        metrics: [accuracy(), rocAuc()],
      }),
    data: () => classes(147, 1),
    options: () => ({
      epochs: 3,
      batchSize: 32,
      classWeight: { 0: 0.3, 2: 1.7 },
      validation: classes(90, 2),
    }),
  },
  "norms, slopes and noise inside a residual": {
    model: () =>
      new Sequential(
        [
          new Dense({ units: 12, weightRegularizer: l2({ lambda: 0.01 }) }),
          new Residual({
            layers: [new Dense({ units: 12 }), new BatchNorm(), new PReLU(), new Dense({ units: 12 })],
          }),
          new LayerNorm(),
          new PReLU({ perUnit: true }),
          new RMSNorm(),
          new GaussianNoise({ standardDeviation: 0.1 }),
          new Dense({ units: 2 }),
        ],
        { input: [5], seed: 3 },
      ).compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.02, average: 0.9 }) }),
    data: () => {
      const batch = numbers(101, 4);
      const sampleWeight = Matrix.from(Array.from({ length: 101 }, (_, r) => [((r * 7) % 5) / 3]));
      return { ...batch, sampleWeight };
    },
    options: () => ({ epochs: 3, batchSize: 20, validationSplit: 0.2, callbacks: watching() }),
  },
  "fewer rows than shards": {
    model: () =>
      new Sequential([new Dense({ units: 4 }), new BatchNorm(), new Dense({ units: 1 }), new Sigmoid()], {
        input: [5],
        seed: 2,
      }).compile({ loss: binaryCrossEntropy(), optimizer: new SGD({ learningRate: 0.1 }), metrics: [f1()] }),
    data: () => {
      const { x, y } = classes(14, 5);
      return { x, y: y.map((kind) => Number(kind === 1)) };
    },
    options: () => ({ epochs: 4, batchSize: 3, shuffle: false }),
  },
  "embeddings from a stream": {
    model: () =>
      new Sequential([new Embedding({ inputDim: 9, outputDim: 3 }), new Flatten(), new Dense({ units: 3 })], {
        input: [2],
        seed: 11,
      }).compile({ loss, optimizer: new Adam({ learningRate: 0.02 }), metrics: [accuracy()] }),
    data: () =>
      Array.from({ length: 6 }, (_, i) => {
        const rows = 10 + 3 * i;
        const at = (r: number) => [(r * 5 + i) % 9, (r * r) % 9];
        return {
          x: Matrix.from(Array.from({ length: rows }, (_, r) => at(r))),
          y: Matrix.from(Array.from({ length: rows }, (_, r) => [(at(r)[0] + at(r)[1]) % 3])),
        };
      }),
    options: () => ({
      epochs: 3,
      batchSize: 16,
      validation: [{ x: Matrix.from([[1, 2]]), y: Matrix.from([[0]]) }],
    }),
  },
  "all rows at once": {
    model: () =>
      new Sequential([new Dense({ units: 8 }), new ReLU(), new Dense({ units: 3 })], { input: [5] }).compile({
        loss,
        optimizer: new GradientDescent({ learningRate: 0.2 }),
        metrics: [accuracy()],
      }),
    data: () => classes(1100, 6),
    options: () => ({ epochs: 4 }),
  },
  "a line search": {
    model: () =>
      new Sequential([new Dense({ units: 6 }), new ReLU(), new Dense({ units: 2 })], { input: [5] }).compile({
        loss: meanSquaredError(),
        optimizer: new LBFGS(),
      }),
    data: () => numbers(200, 8),
    options: () => ({ epochs: 5 }),
  },
  "penalties of layers": {
    model: () =>
      new Sequential(
        [new Dense({ units: 6 }), new ActivityRegularization({ l2: 0.01 }), new Dense({ units: 2 })],
        {
          input: [5],
        },
      ).compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) }),
    data: () => numbers(60, 3),
    options: () => ({ epochs: 2, batchSize: 16 }),
  },
  float64: {
    model: () =>
      new Sequential([new Dense({ units: 6 }), new BatchNorm(), new Dense({ units: 2 })], {
        input: [5],
        dtype: "float64",
      }).compile({
        loss: meanSquaredError(),
        optimizer: new SGD({ learningRate: 0.1 }),
        metrics: [lossTwice],
      }),
    data: () => {
      const { x, y } = numbers(50, 9);
      return { x: x.as("float64"), y: y.as("float64") };
    },
    options: () => ({ epochs: 3, batchSize: 16, shards: 8 }),
  },
};

/** A metric of a user's own, that knows nothing of several processes. */
const lossTwice = {
  name: "rows",
  start() {
    let rows = 0;
    return {
      add: (prediction: Matrix) => {
        rows += prediction.rows;
      },
      value: () => rows,
    };
  },
};

function watching(): Callback[] {
  return [earlyStopping({ monitor: "validationLoss", patience: 1 }), reduceOnPlateau({ patience: 1 })];
}
