import { createRequire } from "node:module";
import type { Work } from "../works.js";
import { serve } from "./serve.js";

/** What is used of TensorFlow.js, which is installed in this folder only. */
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  sequential(): {
    add(layer: unknown): void;
    compile(options: object): void;
    trainOnBatch(x: Tensor, y: Tensor): Promise<unknown>;
  };
  layers: { dense(options: object): unknown };
  train: { sgd(rate: number): unknown; adam(): unknown };
  randomUniform(shape: readonly number[]): Tensor;
  oneHot(labels: Tensor, depth: number): Tensor;
  tensor1d(values: readonly number[], dtype?: string): Tensor;
}
interface Tensor {
  toFloat(): Tensor;
}

const require = createRequire(new URL("../package.json", import.meta.url));
const tf = require("@tensorflow/tfjs") as TensorFlow;
require("@tensorflow/tfjs-backend-wasm");
await tf.setBackend("wasm");

const { widths, batchSize, steps, optimizer } = JSON.parse(process.argv[2]) as Work;
const outputs = widths[widths.length - 1];
const model = tf.sequential();
for (const [i, units] of widths.slice(1).entries()) {
  const last = i === widths.length - 2;
  const activation = !last ? "relu" : outputs > 1 ? "softmax" : "linear";
  model.add(tf.layers.dense({ units, activation, ...(i === 0 ? { inputShape: [widths[0]] } : {}) }));
}
model.compile({
  loss: outputs > 1 ? "categoricalCrossentropy" : "meanSquaredError",
  optimizer: optimizer === "adam" ? tf.train.adam() : tf.train.sgd(0.01),
});
const x = tf.randomUniform([batchSize, widths[0]]);
const labels = Array.from({ length: batchSize }, (_, r) => r % Math.max(2, outputs));
const y = outputs > 1 ? tf.oneHot(tf.tensor1d(labels, "int32"), outputs).toFloat() : tf.tensor1d(labels);

serve(async () => {
  for (let step = 0; step < steps; step++) await model.trainOnBatch(x, y);
});
