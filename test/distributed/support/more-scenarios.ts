import {
  accuracy,
  BatchNorm,
  Dense,
  type FitOptions,
  LAMB,
  type Layer,
  Matrix,
  Muon,
  maxNorm,
  meanSquaredError,
  type Optimizer,
  Parallel,
  ReLU,
  ScheduleFree,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  unitNorm,
} from "chainrule";

/** What a training is made of. */
export interface Scenario {
  readonly model: () => Sequential<string>;
  readonly data: () => Parameters<Sequential["fit"]>[0];
  readonly options: () => FitOptions;
}

function numbers(rows: number) {
  const x = Matrix.from(
    Array.from({ length: rows }, (_, r) => [Math.sin(r), Math.cos(3 * r), ((r * 7) % 11) / 11]),
  );
  return { x, y: x.map((value, r) => Math.tanh(value + x.at(r, 0))) };
}

// No bias before BatchNorm: its gradient is nothing but rounding, which optimizers such as LAMB make large.
const branches = (): Layer[] => [
  new Dense({ units: 6, useBias: false, weightConstraint: unitNorm() }),
  new Sequential([new Dense({ units: 6, useBias: false }), new BatchNorm()]),
  new Parallel({ branches: [[new Dense({ units: 5, useBias: false }), new BatchNorm(), new ReLU()], []] }),
  new Dense({ units: 3, weightConstraint: maxNorm({ max: 2 }) }),
];

const withBranches = (optimizer: Optimizer) =>
  new Sequential(branches(), { input: [3], seed: 5 }).compile({ loss: meanSquaredError(), optimizer });

/** Rows that count for nothing: a shard, a whole batch, and single ones. */
const weights = (rows: number) => Matrix.from(Array.from({ length: rows }, (_, r) => [r < 20 ? 0 : r % 2]));

const sizes = [1, 0, 700, 5, 0, 2];

/** More trainings that several processes can get wrong. */
export const moreScenarios: Readonly<Record<string, Scenario>> = {
  "frozen layers among branches": {
    model: () => {
      const model = withBranches(new SGD({ learningRate: 0.05 }));
      for (const parameter of model.parameters.slice(0, 4)) parameter.trainable = false;
      for (const { parameters } of model.layers.slice(2, 3))
        for (const each of parameters) each.trainable = false;
      return model;
    },
    data: () => numbers(61),
    options: () => ({ epochs: 2, batchSize: 9 }),
  },
  "accumulated steps": {
    model: () => withBranches(new SGD({ learningRate: 0.05, accumulate: 3, momentum: 0.5 })),
    data: () => numbers(70),
    options: () => ({ epochs: 2, batchSize: 8, stepsPerEpoch: 7 }),
  },
  "averages of weights": {
    model: () => withBranches(new ScheduleFree({ learningRate: 0.05 })),
    data: () => numbers(50),
    options: () => ({ epochs: 2, batchSize: 7, validation: numbers(13) }),
  },
  "steps by layer": {
    model: () => withBranches(new LAMB({ learningRate: 0.02 })),
    data: () => numbers(50),
    options: () => ({ epochs: 2, batchSize: 16, shards: 16 }),
  },
  "steps by matrix": {
    model: () =>
      new Sequential([new Dense({ units: 4 }), new ReLU(), new Dense({ units: 3 })], { input: [3] }).compile({
        loss: meanSquaredError(),
        optimizer: new Muon({ learningRate: 0.02 }),
      }),
    data: () => numbers(40),
    options: () => ({ epochs: 2, batchSize: 10 }),
  },
  "rows that count for nothing": {
    model: () => withBranches(new SGD({ learningRate: 0.05 })),
    data: () => ({ ...numbers(47), sampleWeight: weights(47) }),
    options: () => ({ epochs: 2, batchSize: 8, shuffle: false }),
  },
  "ignored rows": {
    model: () =>
      new Sequential([new Dense({ units: 3 })], { input: [3] }).compile({
        loss: softmaxCrossEntropy({ ignoreIndex: 2 }),
        optimizer: new SGD({ learningRate: 0.1 }),
        metrics: [accuracy()],
      }),
    data: () => ({
      x: numbers(40).x,
      y: Matrix.from(Array.from({ length: 40 }, (_, r) => [r < 10 ? 2 : r % 3])),
    }),
    options: () => ({ epochs: 2, batchSize: 8, shuffle: false }),
  },
  "a row a step": {
    model: () =>
      new Sequential([new Dense({ units: 3 }), new BatchNorm(), new Dense({ units: 3 })], {}).compile({
        loss: meanSquaredError(),
        optimizer: new SGD({ learningRate: 0.05 }),
      }),
    data: () => numbers(9),
    options: () => ({ epochs: 2, batchSize: 1 }),
  },
  "batches as they come": {
    model: () => withBranches(new SGD({ learningRate: 0.01 })),
    data: () => ({
      async *[Symbol.asyncIterator]() {
        for (const rows of sizes) yield some(rows);
      },
    }),
    options: () => ({ epochs: 3, validation: [numbers(3), numbers(600)] }),
  },
  "a stream with steps": {
    model: () => withBranches(new SGD({ learningRate: 0.05 })),
    data: () => [numbers(30), numbers(9), numbers(25)],
    options: () => ({ epochs: 4, batchSize: 10, stepsPerEpoch: 3 }),
  },
  "statistics of pieces": {
    model: () => withBranches(new SGD({ learningRate: 0.05 })),
    data: () => numbers(1100),
    options: () => ({ epochs: 2, batchSize: "full", microBatchStatistics: true }),
  },
};

/** The first rows, or none. */
function some(rows: number) {
  const { x, y } = numbers(Math.max(rows, 1));
  return rows > 0 ? { x, y } : { x: Matrix.zeros(0, x.cols), y: Matrix.zeros(0, y.cols) };
}
