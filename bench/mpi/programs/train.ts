// Trains one network in several ways, by turns of an epoch, and says how many rows a second each of them took in.
import { setTimeout as sleep } from "node:timers/promises";
import { Dense, Matrix, ReLU, Sequential, SGD, setThreads, softmaxCrossEntropy } from "chainrule";
import { distribution, mpi } from "chainrule/mpi";
import { seeded } from "../../seeded.js";
import { type Arm, type Job, readJob, type Turn } from "../job.js";

const { widths, rows, arms, rounds } = readJob<Job>();
setThreads(1);
const world = await mpi({ timeout: 60 });

let inReduction = 0;
const timed = distribution({
  ...world,
  allReduceSum(numbers) {
    const start = performance.now();
    world.allReduceSum(numbers);
    inReduction += performance.now() - start;
  },
});

const random = seeded(7);
const [inputs, outputs] = [widths[0], widths[widths.length - 1]];
const x = new Matrix(rows, inputs, Float32Array.from({ length: rows * inputs }, random));
const y = new Matrix(
  rows,
  1,
  Float32Array.from({ length: rows }, (_, r) => r % outputs),
);

/** An arm, ready to train for an epoch. */
function prepare({ kind, batch }: Arm): () => Promise<Turn> {
  const parts = kind === "apart" ? world.size : 1;
  const own = { x: x.slice(0, rows / parts), y: y.slice(0, rows / parts) };
  const layers = widths
    .slice(1)
    .flatMap((units, i) => [...(i > 0 ? [new ReLU()] : []), new Dense({ units })]);
  const model = new Sequential(layers, { input: [inputs], seed: 1 }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new SGD({ learningRate: 0.01, momentum: 0.9 }),
  });
  const options = { batchSize: batch / parts, ...(kind === "together" && { distribute: timed }) };
  const usual = new Float64Array(1); // milliseconds
  return async () => {
    world.barrier();
    inReduction = 0;
    const start = performance.now();
    // Who waits in MPI takes a core.
    if (kind === "alone" && world.rank > 0) await sleep(usual[0]);
    else await model.fit(own, options);
    const mine = performance.now() - start;
    world.barrier(); // the slowest of them
    const milliseconds = kind === "alone" ? mine : performance.now() - start;
    usual[0] = milliseconds;
    world.broadcast(usual, 0);
    const step = milliseconds / Math.ceil(rows / batch);
    return { rate: (1000 * rows) / milliseconds, step, share: inReduction / milliseconds };
  };
}

const ready = arms.map((arm) => ({ name: arm.name, turns: [] as Turn[], train: prepare(arm) }));
for (const { train } of ready) for (let i = 0; i < 2; i++) await train(); // to warm up
for (let round = 0; round < rounds; round++) {
  for (const { turns, train } of round % 2 === 0 ? ready : [...ready].reverse()) turns.push(await train());
}
if (world.rank === 0)
  console.log(JSON.stringify(Object.fromEntries(ready.map(({ name, turns }) => [name, turns]))));
