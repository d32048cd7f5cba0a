/** Measures ours, and prints a line for each member and width; with arguments, only members of these names. */
import {
  Dense,
  type Layer,
  type Loss,
  Matrix,
  type Optimizer,
  Sequential,
  setThreads,
} from "../../src/index.js";
import { BATCH, type Measurement, microseconds, THINGS, WIDTHS } from "./measure.js";
import { layers, losses, optimizers, type Targets, targetAt } from "./members.js";

/** Numbers from −2 to 2, in the memory of the layer's model. */
function numbers(layer: Layer, rows: number, cols: number): Matrix {
  const matrix = new Matrix(rows, cols, layer.context.kernels.allocate(rows * cols));
  for (let i = 0; i < rows * cols; i++) matrix.data[i] = ((i * 7919) % 4001) / 1000 - 2;
  return matrix;
}

function forwardAndBackward(name: string, make: () => Layer, width: number): () => void {
  const isEmbedding = name === "Embedding";
  const layer = make();
  const model = new Sequential([layer], { input: [isEmbedding ? 1 : width], seed: 1 });
  const x = numbers(layer, BATCH, isEmbedding ? 1 : width);
  if (isEmbedding) for (let i = 0; i < BATCH; i++) x.data[i] = (i * 37) % THINGS;
  const dy = numbers(layer, BATCH, layer.forward(x, true).cols);
  return () => {
    for (const parameter of model.parameters) parameter.clearGradient();
    layer.forward(x, true);
    layer.backward(dy);
  };
}

function step(make: (width: number) => Optimizer, width: number): () => void {
  const model = new Sequential([new Dense({ units: width })], { input: [width], seed: 1 });
  const optimizer = make(width);
  for (const { grad } of model.parameters) grad.data.set(grad.data.map((_, i) => ((i * 31) % 17) - 8));
  return () => optimizer.step(model.parameters);
}

function lossAndGradient(make: () => Loss, targets: Targets, width: number): () => void {
  const layer = new Dense({ units: width });
  new Sequential([layer], { input: [width], seed: 1 });
  const [p, into] = [numbers(layer, BATCH, width), numbers(layer, BATCH, width)];
  const t = numbers(layer, BATCH, targets === "classes" ? 1 : width);
  t.data.set(t.data.map((_, i) => targetAt[targets](i, width)));
  if (targets === "shares") p.data.fill(1 / width);
  const loss = make();
  const { totalAndGradient } = loss;
  if (totalAndGradient !== undefined) return () => void totalAndGradient.call(loss, p, t, undefined, into);
  return () => {
    loss.total(p, t);
    loss.gradient(p, t, undefined, into);
  };
}

setThreads(1);
const only = process.argv.slice(2);
const measure = (name: string, work: (width: number) => () => void) => {
  if (only.length > 0 && !only.includes(name)) return;
  for (const width of WIDTHS) {
    const line: Measurement = { name, width, microseconds: microseconds(work(width)) };
    console.log(JSON.stringify(line));
  }
};
for (const [name, make] of Object.entries(layers))
  measure(name, (width) => forwardAndBackward(name, () => make(width), width));
for (const [name, make] of Object.entries(optimizers)) measure(name, (width) => step(make, width));
for (const [name, [make, targets]] of Object.entries(losses)) {
  measure(name, (width) => lossAndGradient(make, targets, width));
}
