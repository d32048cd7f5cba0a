import { createRequire } from "node:module";
import type { TrainTask } from "../tasks.js";
import { floats, layersOf } from "./floats.js";
import { checkPortion, portion } from "./portion.js";
import { job, serve } from "./serve.js";

/** What is used of TensorFlow.js, which is installed in the benchmark's folder only. */
interface TensorFlow {
  readonly version_core: string;
  setBackend(name: string): Promise<boolean>;
  env(): { getAsync(flag: string): Promise<unknown> };
  tidy(work: () => void): void;
  variable(value: Tensor): Tensor;
  tensor1d(values: ArrayLike<number>, dtype: string): Tensor;
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor;
  oneHot(labels: Tensor, depth: number): Tensor;
  fused: { matMul(operands: { a: Tensor; b: Tensor; bias: Tensor; activation: string }): Tensor };
  losses: Record<TrainTask["loss"], (targets: Tensor, outputs: Tensor) => Tensor>;
  train: {
    sgd(rate: number): Optimizer;
    adam(rate: number, beta1: number, beta2: number, epsilon: number): Optimizer;
  };
}
interface Tensor {
  gather(rows: Tensor): Tensor;
  toFloat(): Tensor;
  assign(value: Tensor): void;
  dataSync(): Float32Array;
}
interface Optimizer {
  minimize(loss: () => Tensor, returnCost: boolean, variables: readonly Tensor[]): unknown;
}

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs") as TensorFlow;
const backend = String(job.how.backend);
if (backend === "wasm") require("@tensorflow/tfjs-backend-wasm");
await tf.setBackend(backend);

const task = job.task as TrainTask;
const { widths, rows, learningRate } = task;
const batchSize = task.batchSize === "full" ? rows : task.batchSize;
const outputs = widths[widths.length - 1];
const classes = task.loss === "softmaxCrossEntropy";

/** In a loop of its functions, which takes it less time than `fit`: a tenth at batches of 32, a quarter at single rows. */
await serve(async () => {
  const x = tf.tensor2d(floats(job.files.inputs), [rows, widths[0]]);
  const targets = floats(job.files.targets);
  const y = classes
    ? tf.oneHot(tf.tensor1d(targets, "int32"), outputs).toFloat()
    : tf.tensor2d(targets, [rows, outputs]);
  const first = layersOf(widths).flatMap(({ inputs, units, weight, bias }) => {
    return [tf.tensor2d(weight, [inputs, units]), tf.tensor1d(bias, "float32")];
  });
  const variables = first.map((value) => tf.variable(value));
  const optimizer =
    task.optimizer === "adam" ? tf.train.adam(learningRate, 0.9, 0.999, 1e-8) : tf.train.sgd(learningRate);

  const lossOf = (order: Int32Array) => {
    const some = tf.tensor1d(order, "int32");
    return tf.losses[task.loss](y.gather(some), modelOf(variables, x.gather(some)));
  };
  const train = (count: number, epochs: number, shuffle: boolean) => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shuffle ? shuffled(count) : inOrder(count);
      for (let at = 0; at < count; at += batchSize) {
        const batch = order.subarray(at, at + batchSize);
        tf.tidy(() => void optimizer.minimize(() => lossOf(batch), false, variables));
      }
    }
  };
  const reset = () => {
    for (const [i, variable] of variables.entries()) variable.assign(first[i]);
  };
  return {
    version: `TensorFlow.js ${tf.version_core}`,
    ...(backend === "wasm" ? { note: await wasmNote() } : {}),
    reset,
    check() {
      reset();
      const { rows, epochs, measured } = checkPortion(task);
      const loss = () => lossOf(inOrder(measured)).dataSync()[0];
      const before = loss();
      train(rows, epochs, false);
      return [before, loss()];
    },
    run(amount) {
      const { rows, epochs } = portion(task, amount);
      train(rows, epochs, true);
      variables[0].dataSync(); // all is done
      return rows * epochs;
    },
  };
});

async function wasmNote(): Promise<string> {
  const [simd, threads] = await Promise.all(
    ["SIMD", "MULTITHREAD"].map((name) => tf.env().getAsync(`WASM_HAS_${name}_SUPPORT`)),
  );
  return `${simd ? "SIMD" : "no SIMD"}, ${threads ? "threads" : "no threads in Node"}`;
}

function modelOf(variables: readonly Tensor[], x: Tensor): Tensor {
  let a = x;
  for (let i = 0; i < variables.length; i += 2) {
    const last = i === variables.length - 2 && task.activation === "relu";
    const activation = last ? "linear" : task.activation;
    a = tf.fused.matMul({ a, b: variables[i], bias: variables[i + 1], activation });
  }
  return a;
}

function inOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

function shuffled(count: number): Int32Array {
  const order = inOrder(count);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
