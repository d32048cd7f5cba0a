import { createHash } from "node:crypto";
import {
  Adam,
  accuracy,
  Dense,
  Dropout,
  earlyStopping,
  Matrix,
  modelToBytes,
  Random,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from "../../src/index.js";
import { checkpoint } from "../../src/node/index.js";

// A training that is killed again and again: `node training.mjs folder seed`. It says when it has begun, and at its end the
// sum of the final weights and what was measured.

const [folder, seed] = [process.argv[2], Number(process.argv[3])];
const random = Random.fromSeed(seed);
const rows = 90;
const x = new Matrix(
  rows,
  40,
  Float32Array.from({ length: rows * 40 }, (_, i) => random.normal(i)),
);
const y = new Matrix(
  rows,
  1,
  Float32Array.from({ length: rows }, (_, r) => random.word(r, 1) % 3),
);

const model = new Sequential(
  [new Dense({ units: 100 }), new ReLU(), new Dropout({ rate: 0.3 }), new Dense({ units: 3 })],
  { input: [40], seed },
).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new Adam({ learningRate: 0.003, clipNorm: 1 }),
  metrics: [accuracy()],
});
const history = await model.fit(
  { x, y },
  {
    epochs: 6,
    batchSize: 16,
    validationSplit: 0.2,
    ...(folder !== "none" && { resume: folder }),
    callbacks: [
      earlyStopping({ patience: 4 }),
      ...(folder === "none" ? [] : [checkpoint(folder, { every: 1, keep: 2, best: "validationLoss" })]),
      { onTrainBegin: () => void process.stdout.write("begun\n") },
    ],
  },
);
const sum = createHash("sha256").update(modelToBytes(model)).update(JSON.stringify(history)).digest("hex");
process.stdout.write(`ended ${sum}\n`);
