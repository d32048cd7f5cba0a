/** A process of its own for one method of `three-descents.ts`, so that its peak memory is its own. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  accuracy,
  type Callback,
  Dense,
  GradientDescent,
  Matrix,
  ReLU,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";

/** What to do: the first `digits` of the folder's are to learn from, the others to measure on. */
export interface Task {
  readonly batchSize: number | "full";
  readonly learningRate: number;
  readonly epochs: number;
  readonly digits: number;
  readonly folder: string;
}

/** Where the method stands after so many digits seen and so many seconds of training. */
export interface Point {
  readonly seen: number;
  readonly seconds: number;
  readonly loss: number;
}

export interface Result {
  readonly points: readonly Point[];
  readonly loss: number;
  readonly accuracy: number;
  /** The most memory that the process has had before training and in all, in bytes. */
  readonly memory: { readonly before: number; readonly peak: number };
}

async function descend({ batchSize, learningRate, epochs, digits, folder }: Task): Promise<Result> {
  const [x, y] = [await readMatrix(join(folder, "x"), 784), await readMatrix(join(folder, "y"), 1)];
  const train = { x: x.slice(0, digits), y: y.slice(0, digits) };
  const others = { x: x.slice(digits), y: y.slice(digits) };

  const model = new Sequential([new Dense({ units: 30 }), new ReLU(), new Dense({ units: 10 })], {
    input: [784],
    seed: 1,
  }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: batchSize === "full" ? new GradientDescent({ learningRate }) : new SGD({ learningRate }),
    metrics: [accuracy()],
  });

  // The loss is measured after 1, 2, 3, 4, 5, 7, … digits, each time after a fifth more, and the clock stands meanwhile.
  const points: Point[] = [];
  let [next, start] = [1, 0];
  const recorder: Callback = {
    onTrainBegin() {
      start = performance.now();
    },
    async onBatchEnd({ epoch, batch }) {
      const inEpoch = batchSize === "full" ? digits : Math.min((batch + 1) * batchSize, digits);
      const seen = epoch * digits + inEpoch;
      if (seen < next && seen < epochs * digits) return;
      const pause = performance.now();
      const { loss } = await model.evaluate(others);
      points.push({ seen, seconds: (pause - start) / 1000, loss });
      next = Math.ceil(1.2 * seen);
      start += performance.now() - pause;
    },
  };
  const before = peakMemory();
  await model.fit(train, { epochs, batchSize, callbacks: [recorder] });
  const memory = { before, peak: peakMemory() };
  return { points, memory, ...(await model.evaluate(others)) };
}

/** Numbers of 32 bits, as they stand in a typed array. */
async function readMatrix(path: string, cols: number): Promise<Matrix> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const numbers = new Float32Array(buffer, byteOffset, byteLength / 4);
  return new Matrix(numbers.length / cols, cols, numbers);
}

function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

process.once("message", async (task: Task) => {
  process.send?.(await descend(task));
  process.disconnect();
});
