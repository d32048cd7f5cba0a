import { createRequire } from "node:module";
import type { TrainTask } from "../tasks.js";
import { floats, layersOf } from "./floats.js";
import { job, serve } from "./serve.js";

/** What is used of ml-fnn, which is installed in the benchmark's folder only. */
interface Network {
  iterations: number;
  model: { W: Numbers; b: Numbers }[];
  train(features: Numbers, labels: readonly number[]): void;
  propagate(features: Numbers): Numbers;
}
interface Numbers {
  get(r: number, c: number): number;
  set(r: number, c: number, value: number): void;
}

const require = createRequire(import.meta.url);
const FeedForward = require("ml-fnn") as new (options: object) => Network;
const { Matrix } = require("ml-matrix") as {
  Matrix: new (rows: readonly (readonly number[])[]) => Numbers;
};
const { version } = require("ml-fnn/package.json") as { version: string };
const task = job.task as TrainTask;
const { widths } = task;
const batch = Number(task.batchSize);

/** It learns whole sets only: here, again and again, one set as large as the others' batches. */
await serve(() => {
  const inputs = floats(job.files.inputs);
  const labels = Array.from(floats(job.files.targets).subarray(0, batch));
  const rows = Array.from({ length: batch }, (_, r) => {
    return Array.from(inputs.subarray(r * widths[0], (r + 1) * widths[0]));
  });
  const x = new Matrix(rows);
  const layers = layersOf(widths);
  const network = new FeedForward({
    hiddenLayers: widths.slice(1, -1),
    learningRate: task.learningRate / batch, // of the sum, not the mean
    regularization: 1e-30, // it takes 0 for its default
    iterations: 1,
  });
  const train = (steps: number) => {
    network.iterations = steps;
    network.train(x, labels);
    return steps * batch;
  };
  train(1); // makes the network
  const reset = () => {
    for (const [i, { inputs, units, weight, bias }] of layers.entries()) {
      for (let c = 0; c < units; c++) {
        for (let r = 0; r < inputs; r++) network.model[i].W.set(r, c, weight[r * units + c]);
        network.model[i].b.set(0, c, bias[c]);
      }
    }
  };
  const loss = () => {
    const y = network.propagate(x);
    return labels.reduce((sum, label, r) => sum - Math.log(y.get(r, label)), 0) / batch;
  };
  return {
    version: `ml-fnn ${version}`,
    reset,
    check() {
      reset();
      const before = loss();
      train(20);
      return [before, loss()];
    },
    run: (amount) => train(Math.ceil(amount / batch)),
  };
});
