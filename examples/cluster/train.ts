/**
 * One model, trained by all processes of a job. Started again, it goes on from its last checkpoint.
 *
 *     node --import tsx examples/cluster/train.ts run
 *     mpirun -n 2 node --import tsx examples/cluster/train.ts run
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Adam, accuracy, Dense, Matrix, ReLU, Sequential, setThreads, softmaxCrossEntropy } from "chainrule";
import { mpi } from "chainrule/mpi";
import { checkpoint, saveModel } from "chainrule/node";
import { rowsOf } from "../support/rows.js";

const folder = process.argv[2] ?? "run";
const threads = process.env.THREADS; // cores of a machine / its processes
if (threads !== undefined) setThreads(Number(threads));
const world = await mpi();

const rows = await rowsOf("digits");
const x = Matrix.from(rows.map(({ digit, ...pixels }) => Object.values(pixels).map((value) => value / 16)));
const y = Matrix.from(rows.map(({ digit }) => [digit]));

const model = new Sequential([new Dense({ units: 64 }), new ReLU(), new Dense({ units: 10 })], {
  ...{ input: [64], seed: 1 },
}).compile({ loss: softmaxCrossEntropy(), optimizer: new Adam(), metrics: [accuracy()] });

const first = world.rank === 0; // its folder is the one that counts; the others need none
if (first) await mkdir(folder, { recursive: true });
const history = await model.fit(
  { x, y },
  {
    ...{ epochs: 20, batchSize: 256, distribute: world },
    callbacks: [checkpoint(join(folder, "checkpoints"), { every: 20 })],
    resume: join(folder, "checkpoints"),
  },
);
if (first) {
  await saveModel(model, join(folder, "model.safetensors"));
  console.log(`${world.size} processes, loss ${history.loss.at(-1)?.toFixed(6)}`);
}
