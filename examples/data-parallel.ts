/**
 * Several processes learn to read digits as one, each from its part of every batch. Alone it is one process. With Open MPI
 * or MPICH, and the package koffi, it is as many as you say, and the bytes that come out are the same for 1, 2 and 4:
 *
 *     npm run example:data-parallel
 *     mpirun -n 2 node --import tsx examples/data-parallel.ts
 *     mpirun -n 2 --host a,b node --import tsx examples/data-parallel.ts       on two machines, by ssh
 */
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import {
  Adam,
  accuracy,
  type Batch,
  BatchNorm,
  Dense,
  Dropout,
  modelToBytes,
  ReLU,
  Sequential,
  setNumerics,
  setThreads,
  softmaxCrossEntropy,
} from "chainrule";
import { mpi } from "chainrule/mpi";
import { mnist } from "chainrule/node";

const short = process.argv.includes("--short");

// 1. The processes. On machines of their own each may have all cores; here they share those of one.
const world = await mpi({ timeout: "5m" });
setThreads(Math.max(1, Math.floor(availableParallelism() / world.size)));
setNumerics("exact"); // the same bytes on every machine
const say = (line: string) => world.rank === 0 && console.log(line);
say(`${world.size === 1 ? "one process" : `${world.size} processes`}, 256 digits a step`);

// 2. The data, the same in each: every batch is cut into four shards, of which each process has its share.
const first = ({ x, y }: Batch, rows: number): Batch => ({ x: x.slice(0, rows), y: y.slice(0, rows) });
const digits = await mnist();
const train = first(digits.train, short ? 3000 : 60_000);
const test = first(digits.test, short ? 1000 : 10_000);

// 3. The model, the same in each by its seed.
const model = new Sequential(
  [
    new Dense({ units: 256 }),
    new BatchNorm(), // of the whole batch, wherever its rows are
    new ReLU(),
    new Dropout({ rate: 0.2 }),
    new Dense({ units: 10 }),
  ],
  { input: [784], seed: 42 },
).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new Adam({ learningRate: 2e-3 }),
  metrics: [accuracy()],
});

// 4. Training: one call more than alone.
await model.fit(train, {
  distribute: world,
  epochs: short ? 3 : 5,
  batchSize: 256, // of all processes together
  validationSplit: 0.1,
  verbose: true, // rank 0 prints
});

// 5. Each process has the whole model: one of them is enough to test it, while the others wait at their end.
if (world.rank === 0) {
  const { accuracy } = await model.evaluate(test);
  console.log(`test accuracy: ${accuracy.toFixed(4)}`);
  console.log(`sha256: ${createHash("sha256").update(modelToBytes(model)).digest("hex")}`);
  const expected = short ? 0.85 : 0.97;
  if (!(accuracy >= expected)) throw new Error(`expected a test accuracy of at least ${expected}`);
}
