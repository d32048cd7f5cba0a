import {
  Adam,
  accuracy,
  Dense,
  lambda,
  Matrix,
  modelToBytes,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from "chainrule";
import type { Report, Task } from "./messages.js";

/** Trains a network of its own on the task, in whatever thread it is called, and tells of each epoch and of the end. */
export async function train(
  task: Task,
  report: (report: Report) => void,
  signal: AbortSignal,
): Promise<void> {
  const { pixels, digits, epochs } = task;
  const data = { x: new Matrix(digits.length, 64, pixels), y: new Matrix(digits.length, 1, digits) };
  const model = new Sequential([new Dense({ units: 64 }), new ReLU(), new Dense({ units: 10 })], {
    input: [64],
    seed: 1,
  }).compile({ loss: softmaxCrossEntropy(), optimizer: new Adam(), metrics: [accuracy()] });

  const progress = lambda({
    onEpochEnd({ epoch, logs: { loss, accuracy } }) {
      report({ kind: "epoch", epoch: epoch + 1, loss, accuracy });
    },
  });
  try {
    await model.fit(data, { epochs, signal, callbacks: [progress] });
  } catch (error) {
    if (!signal.aborted) throw error; // else the model has all that it learned before
  }
  report({ kind: "end", wasCancelled: signal.aborted, bytes: Uint8Array.from(modelToBytes(model)) });
}
