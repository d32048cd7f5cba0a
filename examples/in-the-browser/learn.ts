import {
  Adam,
  binaryAccuracy,
  binaryCrossEntropy,
  Dense,
  lambda,
  modelToBytes,
  Sequential,
  Sigmoid,
  SiLU,
  setNumerics,
  setThreads,
} from "chainrule";
import { EPOCHS, type Report, SIDE } from "./messages.js";
import { grid, spirals } from "./spirals.js";

setNumerics("exact"); // the same bits in every browser and in Node
setThreads(1); //        threads of its own would need a page that is isolated from others

/** Trains a network on the spirals, wherever it is called, and tells of it some thirty times a second. */
export async function learn(report: (report: Report) => void, signal: AbortSignal): Promise<void> {
  const layers = [new Dense({ units: 48 }), new SiLU(), new Dense({ units: 48 }), new SiLU()];
  const model = new Sequential([...layers, new Dense({ units: 1 }), new Sigmoid()], {
    input: [2],
    seed: 1,
  }).compile({
    loss: binaryCrossEntropy(),
    optimizer: new Adam({ learningRate: 0.003 }),
    metrics: [binaryAccuracy()],
  });

  const places = grid(SIDE);
  let last = Number.NEGATIVE_INFINITY;
  let losses: number[] = [];
  const progress = lambda({
    onEpochEnd({ epoch, logs: { loss, binaryAccuracy } }) {
      losses.push(loss);
      if (performance.now() - last < 33 && epoch + 1 < EPOCHS) return;
      const map = Float32Array.from(model.predict(places).data);
      report({ kind: "progress", epoch: epoch + 1, losses, accuracy: binaryAccuracy, map });
      losses = [];
      last = performance.now();
    },
  });
  try {
    await model.fit(spirals(), { epochs: EPOCHS, signal, callbacks: [progress] });
  } catch (error) {
    if (!signal.aborted) throw error; // else the model has what it learned before
  }
  report({ kind: "end", wasStopped: signal.aborted, bytes: Uint8Array.from(modelToBytes(model)) });
}
