import { createRequire } from "node:module";
import type { TrainTask } from "../tasks.js";
import { floats, layersOf } from "./floats.js";
import { checkPortion, portion } from "./portion.js";
import { job, serve } from "./serve.js";

/** What is used of TensorFlow.js, which is installed in the benchmark's folder only. */
interface TensorFlow {
  readonly version_core: string;
  setBackend(name: string): Promise<boolean>;
  sequential(): Model;
  layers: { dense(options: object): unknown };
  train: {
    sgd(rate: number): unknown;
    adam(rate: number, beta1: number, beta2: number, epsilon: number): unknown;
  };
  tensor1d(values: Float32Array, dtype: string): Tensor;
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor;
  oneHot(labels: Tensor, depth: number): Tensor;
}
interface Tensor {
  slice(begin: number, size: number): Tensor;
  toFloat(): Tensor;
  dispose(): void;
  dataSync(): Float32Array;
}
interface Model {
  add(layer: unknown): void;
  compile(options: object): void;
  fit(x: Tensor, y: Tensor, options: object): Promise<unknown>;
  evaluate(x: Tensor, y: Tensor, options: object): Tensor;
  setWeights(weights: readonly Tensor[]): void;
}

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs") as TensorFlow;
const backend = String(job.how.backend);
if (backend === "wasm") require("@tensorflow/tfjs-backend-wasm");
await tf.setBackend(backend);

const task = job.task as TrainTask;
const { widths, rows, batchSize, learningRate } = task;
const outputs = widths[widths.length - 1];
const classes = task.loss === "softmaxCrossEntropy";

await serve(() => {
  const x = tf.tensor2d(floats(job.files.inputs), [rows, widths[0]]);
  const targets = floats(job.files.targets);
  const y = classes
    ? tf.oneHot(tf.tensor1d(targets, "int32"), outputs).toFloat()
    : tf.tensor2d(targets, [rows, outputs]);
  const model = modelOf();
  const weights = layersOf(widths).flatMap(({ inputs, units, weight, bias }) => {
    return [tf.tensor2d(weight, [inputs, units]), tf.tensor1d(bias, "float32")];
  });
  let first = { count: rows, x, y };
  const take = (count: number) => {
    if (first.count !== count) first = { count, x: x.slice(0, count), y: y.slice(0, count) };
    return first;
  };
  const fit = ({ rows, epochs }: { rows: number; epochs: number }, shuffle: boolean) => {
    const part = take(rows);
    return model.fit(part.x, part.y, { batchSize, epochs, shuffle, verbose: 0, yieldEvery: "never" });
  };
  const loss = (count: number) => {
    const part = take(count);
    return model.evaluate(part.x, part.y, { batchSize: count, verbose: 0 }).dataSync()[0];
  };
  return {
    version: `TensorFlow.js ${tf.version_core}`,
    reset: () => model.setWeights(weights),
    async check() {
      model.setWeights(weights);
      const { rows, epochs, measured } = checkPortion(task);
      const before = loss(measured);
      await fit({ rows, epochs }, false);
      return [before, loss(measured)];
    },
    async run(amount) {
      const part = portion(task, amount);
      await fit(part, true);
      return part.rows * part.epochs;
    },
  };
});

function modelOf(): Model {
  const model = tf.sequential();
  for (const [i, units] of widths.slice(1).entries()) {
    const last = i === widths.length - 2 && task.activation === "relu";
    const activation = last ? (classes ? "softmax" : "linear") : task.activation;
    model.add(tf.layers.dense({ units, activation, ...(i === 0 ? { inputShape: [widths[0]] } : {}) }));
  }
  model.compile({
    loss: classes ? "categoricalCrossentropy" : "meanSquaredError",
    optimizer:
      task.optimizer === "adam" ? tf.train.adam(learningRate, 0.9, 0.999, 1e-8) : tf.train.sgd(learningRate),
  });
  return model;
}
