/** Measures steps of training with each of ours in a network, and prints a line for each member and width. */
import {
  Dense,
  type Layer,
  type Loss,
  Matrix,
  type Optimizer,
  ReLU,
  Sequential,
  SGD,
  Softmax,
  setNumerics,
  setThreads,
  softmaxCrossEntropy,
} from "../../src/index.js";
import { BATCH, CLASSES, type Measurement, microseconds, THINGS, WIDTHS } from "./measure.js";
import { layers, losses, optimizers, type Targets, targetAt } from "./members.js";

function numbers(rows: number, cols: number, number = (i: number) => ((i * 7919) % 4001) / 1000 - 2): Matrix {
  return Matrix.from(
    Array.from({ length: rows }, (_, r) => Array.from({ length: cols }, (_, c) => number(r * cols + c))),
  );
}

/** A step on one batch of a network of `inside` and a loss at its end. */
function step(inside: readonly Layer[], loss: Loss, optimizer: Optimizer, x: Matrix, y: Matrix): () => void {
  const model = new Sequential(inside, { input: [x.cols], seed: 1 }).compile({ loss, optimizer });
  return () => void model.trainBatch(x, y);
}

const classes = numbers(BATCH, 1, (i) => (i * 7) % CLASSES);
const descent = () => new SGD({ learningRate: 1e-4 });

function withLayer(name: string, layer: Layer, width: number): () => void {
  const last = new Dense({ units: CLASSES });
  const x = name === "Embedding" ? numbers(BATCH, 1, (i) => (i * 37) % THINGS) : numbers(BATCH, width);
  const inside = name === "Embedding" ? [layer, last] : [new Dense({ units: width }), layer, last];
  return step(inside, softmaxCrossEntropy(), descent(), x, classes);
}

function withOptimizer(optimizer: Optimizer, width: number): () => void {
  const inside = [new Dense({ units: width }), new ReLU(), new Dense({ units: CLASSES })];
  return step(inside, softmaxCrossEntropy(), optimizer, numbers(BATCH, width), classes);
}

function withLoss(loss: Loss, targets: Targets, width: number): () => void {
  const inside = [new Dense({ units: width }), ...(targets === "shares" ? [new Softmax()] : [])];
  const y = numbers(BATCH, targets === "classes" ? 1 : width, (i) => targetAt[targets](i, width));
  return step(inside, loss, descent(), numbers(BATCH, width), y);
}

setThreads(1);
setNumerics("fast");
const only = process.argv.slice(2);
const measure = (name: string, work: (width: number) => () => void) => {
  if (only.length > 0 && !only.includes(name)) return;
  for (const width of WIDTHS) {
    const line: Measurement = { name, width, microseconds: microseconds(work(width)) };
    console.log(JSON.stringify(line));
  }
};
for (const [name, make] of Object.entries(layers))
  measure(name, (width) => withLayer(name, make(width), width));
for (const [name, make] of Object.entries(optimizers))
  measure(name, (width) => withOptimizer(make(width), width));
for (const [name, [make, targets]] of Object.entries(losses)) {
  measure(name, (width) => withLoss(make(), targets, width));
}
