/**
 * The exclusive or: 1 where exactly one of two inputs is 1. No straight line parts its zeros from its ones, so a single
 * layer cannot learn it; with a hidden layer between, it is the smallest network that has to learn something.
 *
 *     npm run example:xor
 */
import { Adam, binaryCrossEntropy, Dense, Matrix, Sequential, Sigmoid, Tanh } from "chainrule";
import { table } from "./support/draw.js";

const epochs = process.argv.includes("--short") ? 200 : 500;

const x = Matrix.from([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
const y = Matrix.from([[0], [1], [1], [0]]);

const model = new Sequential([new Dense({ units: 8 }), new Tanh(), new Dense({ units: 1 }), new Sigmoid()], {
  input: [2],
  seed: 1,
}).compile({ loss: binaryCrossEntropy(), optimizer: new Adam({ learningRate: 0.05 }) });

// The whole table is one batch: four rows, one step an epoch.
const { loss } = await model.fit({ x, y }, { epochs, batchSize: "full" });

const moments = [1, 10, 50, 100, 200, 500].filter((epoch) => epoch <= epochs);
console.log(
  table([["epoch", "loss"], ...moments.map((epoch) => [String(epoch), loss[epoch - 1].toFixed(4)])]),
);

const prediction = model.predict(x);
const rows = x
  .toArray()
  .map(([a, b], r) => [`${a} xor ${b}`, String(y.at(r, 0)), prediction.at(r, 0).toFixed(4)]);
console.log(`\n${table([["inputs", "target", "output"], ...rows])}`);

const worst = prediction.sub(y).map(Math.abs).max();
if (!(worst < 0.1)) throw new Error(`expected outputs within 0.1 of their targets, but one is ${worst} away`);
