import {
  ActivityRegularization,
  Adam,
  AlphaDropout,
  accuracy,
  BatchNorm,
  Dense,
  Dropout,
  earlyStopping,
  Flatten,
  GLU,
  HardTanh,
  heNormal,
  LayerNorm,
  l2,
  Matrix,
  maxNorm,
  modelToBytes,
  oneHotCategory,
  Parallel,
  PReLU,
  ReLU,
  Reshape,
  Residual,
  Sequential,
  softmaxCrossEntropy,
  standardize,
  Table,
} from "../../src/index.js";
import { checkpointToBytes } from "../../src/io/checkpoint-file.js";

const dtype = "float64"; // no WebAssembly memory for each of millions of models

/** A compiled model of one kind of layer each. */
export const compiledModel = (optimizer = new Adam()) => {
  const inner = new Sequential([
    new Dense({ units: 3, weightInitializer: heNormal(), weightRegularizer: l2() }),
    new ReLU(),
  ]);
  const layers = [
    new Reshape({ shape: [1, 2] }),
    new Flatten(),
    inner,
    new Dropout({ rate: 0.5 }),
    new Dense({ units: 2 }),
  ];
  const made = new Sequential(layers, { input: [2], seed: 3, dtype });
  made.parameters[1].trainable = false;
  return made.compile({ loss: softmaxCrossEntropy(), optimizer, metrics: [accuracy()] });
};

/** A model with what can be in a file. */
export const modelFile = (): Uint8Array => modelToBytes(compiledModel());

/** A model of layers that hold others, that keep statistics, and that look things up. */
export function catalogueFile(): Uint8Array {
  const branch = new Residual({
    layers: [new Dense({ units: 2, weightConstraint: maxNorm() }), new BatchNorm()],
  });
  const layers = [
    new Parallel({
      branches: [[branch, new PReLU()], [], [new Sequential([new LayerNorm()])]],
      merge: "add",
    }),
    new HardTanh({ min: -2, max: 3 }),
    new ActivityRegularization({ l1: 0.1 }),
    new GLU(),
    new AlphaDropout({ rate: 0.2 }),
    new Dense({ units: 2 }),
  ];
  return modelToBytes(new Sequential(layers, { input: [2], seed: 4, dtype }));
}

/** A model with a table, in float32. */
export async function tableFile(): Promise<Uint8Array> {
  const columns = { a: standardize({ missing: "mean" }), b: oneHotCategory() };
  const table = await new Table({ columns }).fit([
    { a: 1, b: "x" },
    { a: 3, b: "y" },
  ]);
  return modelToBytes(new Sequential([new Dense({ units: 1 })], { table, input: [3], dtype }));
}

/** A training in the midst of an epoch. */
export async function checkpointFile(): Promise<Uint8Array> {
  const made = compiledModel();
  let bytes = new Uint8Array();
  await made.fit(fuzzData, {
    ...{ epochs: 3, batchSize: 2 },
    callbacks: [
      earlyStopping({ monitor: "loss" }),
      {
        onSafePoint({ epoch, batch, snapshot }) {
          if (epoch === 1 && batch === 1) bytes = Uint8Array.from(checkpointToBytes(made, snapshot()));
        },
      },
    ],
  });
  return bytes;
}

export const fuzzData = {
  x: Matrix.from(
    [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
      [9, 0],
    ],
    dtype,
  ),
  y: Matrix.from([[0], [1], [0], [1], [0]], dtype),
};
