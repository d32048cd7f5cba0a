import { createRequire } from "node:module";
import type { TrainTask } from "../tasks.js";
import { floats, layersOf } from "./floats.js";
import { checkPortion, portion } from "./portion.js";
import { job, serve } from "./serve.js";

/** What is used of brain.js, which is installed in the benchmark's folder only. */
interface Network {
  sizes: readonly number[];
  weights: Float32Array[][];
  biases: Float32Array[];
  /** How often it measures the whole error, which takes time. */
  errorCheckInterval: number;
  initialize(): void;
  run(input: ArrayLike<number>): ArrayLike<number>;
  train(data: readonly object[], options: object): unknown;
}
interface Brain {
  NeuralNetwork: new (options: object) => Network;
}

const require = createRequire(import.meta.url);
const { NeuralNetwork } = require("brain.js") as Brain;
const { version } = require("brain.js/package.json") as { version: string };
const task = job.task as TrainTask;
const { widths, rows } = task;
const outputs = widths[widths.length - 1];

await serve(() => {
  const inputs = floats(job.files.inputs);
  const targets = floats(job.files.targets);
  const rowsOf = (numbers: Float32Array, r: number) => {
    const cols = numbers.length / rows;
    return Array.from(numbers.subarray(r * cols, (r + 1) * cols));
  };
  const data = Array.from({ length: rows }, (_, r) => ({
    input: rowsOf(inputs, r),
    output: rowsOf(targets, r),
  }));
  const layers = layersOf(widths);
  const network = new NeuralNetwork({ activation: "sigmoid" });
  network.sizes = widths;
  network.initialize();
  network.errorCheckInterval = Number.POSITIVE_INFINITY;
  const reset = () => {
    for (const [i, { inputs, units, weight, bias }] of layers.entries()) {
      network.biases[i + 1].set(bias);
      for (let unit = 0; unit < units; unit++) {
        for (let k = 0; k < inputs; k++) network.weights[i + 1][unit][k] = weight[k * units + unit];
      }
    }
  };
  // Its rate is that of the gradient of ½·Σ(t − y)², ours of the mean of (t − y)². It refuses a momentum of 0.
  const learningRate = (2 * task.learningRate) / outputs;
  const train = (count: number, iterations: number) => {
    const options = { learningRate, iterations, momentum: 1e-30, errorThresh: 1e-30 };
    network.train(data.slice(0, count), options);
    return count * iterations;
  };
  const loss = (count: number) => {
    let sum = 0;
    for (const { input, output } of data.slice(0, count)) {
      const y = network.run(input);
      for (let i = 0; i < outputs; i++) sum += (y[i] - output[i]) ** 2;
    }
    return sum / (count * outputs);
  };
  return {
    version: `brain.js ${version}`,
    reset,
    check() {
      reset();
      const { rows, epochs, measured } = checkPortion(task);
      const before = loss(measured);
      train(rows, epochs);
      return [before, loss(measured)];
    },
    run(amount) {
      const { rows, epochs } = portion(task, amount);
      return train(rows, epochs);
    },
  };
});
