import type { PredictTask } from "../tasks.js";
import { layersOf } from "./floats.js";
import { library } from "./library.js";
import type { Work } from "./serve.js";

const { Dense, Matrix, ReLU, Sequential, Softmax } = library;

/** Predicting as a user does, one matrix of rows after the other. */
export function predicting(task: PredictTask, inputs: Float32Array<ArrayBuffer>): Omit<Work, "version"> {
  const [cols, hidden, outputs] = task.widths;
  const layers = [new Dense({ units: hidden }), new ReLU(), new Dense({ units: outputs }), new Softmax()];
  const model = new Sequential(layers, { input: [cols], seed: 1 });
  model.setWeights(
    Object.fromEntries(
      layersOf(task.widths).flatMap(({ inputs, units, weight, bias }, i) => [
        [`${2 * i}.weight`, new Matrix(inputs, units, weight)],
        [`${2 * i}.bias`, new Matrix(1, units, bias)],
      ]),
    ),
  );
  const size = task.rows * cols;
  const batches = Array.from({ length: inputs.length / size }, (_, i) => {
    return new Matrix(task.rows, cols, inputs.subarray(i * size, (i + 1) * size));
  });
  return {
    check: () => Array.from(model.predict(batches[0]).data.subarray(0, outputs)),
    run(amount) {
      const calls = Math.ceil(amount / task.rows);
      for (let i = 0; i < calls; i++) model.predict(batches[i % batches.length]);
      return calls * task.rows;
    },
  };
}
