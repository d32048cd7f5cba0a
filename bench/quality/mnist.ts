/**
 * A multilayer perceptron that reads MNIST: two hidden layers, dropout, a rate that falls to 0, and digits that are
 * moved by a pixel or not at all, anew in each epoch.
 *
 *     npx tsx bench/quality/mnist.ts --validate    on 50,000 digits, judged by the other 10,000 of the training set
 *     npx tsx bench/quality/mnist.ts               on all 60,000, and one look at the test set, at the end
 */
import { parseArgs } from "node:util";
import {
  AdamW,
  type Batch,
  cosineDecay,
  Dense,
  Dropout,
  heNormal,
  kernels,
  ReLU,
  Sequential,
  setNumerics,
  setThreads,
  softmaxCrossEntropy,
} from "../../src/index.js";
import { mnist } from "../../src/node/index.js";
import { shifted } from "./shifted.js";

/** Chosen by `--validate` alone. */
const settings = {
  units: [512, 512],
  dropout: 0.2,
  epochs: 10,
  batchSize: 128,
  learningRate: 2e-3,
  weightDecay: 0.01,
  seed: 1,
};

const { values } = parseArgs({
  options: { validate: { type: "boolean", default: false }, threads: { type: "string", default: "2" } },
});
try {
  setNumerics("fast");
} catch {
  console.log("In exact arithmetic: this engine has no other.");
}
setThreads(Number(values.threads));

const digits = await mnist();
const part = (from: number, to: number): Batch => ({
  x: digits.train.x.slice(from, to),
  y: digits.train.y.slice(from, to),
});
const train = values.validate ? part(0, 50_000) : digits.train;
const judge = values.validate ? part(50_000, 60_000) : digits.test;

const { units, dropout, epochs, batchSize, learningRate, weightDecay, seed } = settings;
const steps = epochs * Math.ceil(train.x.rows / batchSize);
const hidden = units.flatMap((width) => [
  new Dense({ units: width, weightInitializer: heNormal() }),
  new ReLU(),
  new Dropout({ rate: dropout }),
]);
const model = new Sequential([...hidden, new Dense({ units: 10 })], { input: [784], seed }).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new AdamW({ learningRate: cosineDecay({ initial: learningRate, steps }), weightDecay }),
});

const { name, threads } = kernels();
console.log(`784-${units.join("-")}-10, ${train.x.rows} digits, ${name} kernels, threads: ${threads}`);
const start = performance.now();
await model.fit(shifted(train, { side: 28, batchSize, seed }), { epochs, verbose: true });
const seconds = (performance.now() - start) / 1000;

const found = model.predict(judge.x).argmax("rows");
const right = judge.y.data.filter((y, i) => y === found.data[i]).length;
const where = values.validate ? "validation" : "test";
console.log(`${seconds.toFixed(0)} s to train, ${where} accuracy ${(right / judge.y.rows).toFixed(4)}`);
