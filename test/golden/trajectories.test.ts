import { Dense, type DType, ReLU, Sequential, softmaxCrossEntropy, Tanh, type Weights } from "chainrule";
import { describe, expect, it } from "vitest";
import * as barrel from "../../src/optimizers/index.js";
import type { OptimizerClass } from "../../src/optimizers/optimizer.js";
import { expectGolden, matrixOf, readGolden } from "../kernels/compare.js";

interface Numbers {
  rows: number;
  cols: number;
  data: number[];
}

interface Run {
  mode: string;
  batchSize: number | "full";
  epochs: number;
  optimizer: "SGD" | "Adam";
  options: object;
  dtype: DType;
  losses: number[];
  final: Record<string, number[]>;
}

const { x, labels, initial, runs } = readGolden<{
  x: Numbers;
  labels: number[];
  initial: Record<string, Numbers>;
  runs: Run[];
}>("trajectories");
const optimizers = barrel as unknown as Record<string, OptimizerClass>;
const titled = runs.map((run) => [`${run.mode} ${run.optimizer} ${run.dtype}`, run] as const);

/** The network of the golden runs at its first weights, and the data. */
function start({ optimizer, options, dtype }: Run) {
  const [ten, sixteen, many] = [10, 16, 32].map((units) => new Dense({ units }));
  const model = new Sequential([many, new ReLU(), sixteen, new Tanh(), ten], { input: [64], dtype }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new optimizers[optimizer](options as never),
  });
  const weights: Weights = {};
  for (const [name, w] of Object.entries(initial)) weights[name] = matrixOf(w.rows, w.cols, w.data, dtype);
  model.setWeights(weights);
  return { model, x: matrixOf(x.rows, x.cols, x.data, dtype), y: matrixOf(x.rows, 1, labels, dtype) };
}

function expectRun(run: Run, losses: number[], weights: Weights): void {
  const limit = run.dtype === "float64" ? { rtol: 1e-9, atol: 1e-15 } : { rtol: 1e-5, atol: 1e-6 };
  expectGolden("losses", losses, run.losses, run.dtype, limit);
  expect(Object.keys(weights)).toEqual(Object.keys(run.final));
  for (const [name, w] of Object.entries(run.final))
    expectGolden(name, weights[name].data, w, run.dtype, limit);
}

describe("training runs of a 64-32-16-10 network as in PyTorch", () => {
  it.each(titled)("%s, by fit", async (_, run) => {
    const { model, x, y } = start(run);
    const losses: number[] = [];
    const { batchSize, epochs } = run;
    /** Callbacks see the running mean of an epoch: what it has more than before is the loss of the step. */
    const onBatchEnd = ({ batch, logs }: { batch: number; logs: Readonly<Record<string, number>> }) => {
      const before = losses.slice(losses.length - batch).reduce((sum, loss) => sum + loss, 0);
      losses.push(logs.loss * (batch + 1) - before);
    };
    await model.fit({ x, y }, { batchSize, epochs, shuffle: false, callbacks: [{ onBatchEnd }] });
    expectRun(run, losses, model.getWeights());
  });

  it.each(titled.filter(([, { batchSize }]) => batchSize === 16))("%s, by trainBatch", (_, run) => {
    const { model, x, y } = start(run);
    const losses = run.losses.map((_, step) => {
      const at = (16 * step) % x.rows;
      return model.trainBatch(x.slice(at, at + 16), y.slice(at, at + 16));
    });
    expectRun(run, losses, model.getWeights());
  });

  it("covers all, some and one example a step, by SGD and Adam, in both widths", () => {
    const covered = runs.map(({ batchSize, optimizer, dtype }) => `${batchSize} ${optimizer} ${dtype}`);
    const wanted = ["full", 16, 1].flatMap((size) =>
      ["SGD", "Adam"].flatMap((optimizer) =>
        ["float64", "float32"].map((dtype) => `${size} ${optimizer} ${dtype}`),
      ),
    );
    expect(covered).toEqual(wanted);
  });
});
