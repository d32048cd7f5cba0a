// Trains twice with checkpoints. In the midst of the second time rank 1 does what the first argument says.
import { appendFileSync } from "node:fs";
import {
  Dense,
  Dropout,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
  setNumerics,
  setThreads,
} from "chainrule";
import { mpi } from "chainrule/mpi";
import { checkpoint } from "chainrule/node";

const [how, pids, folder] = process.argv.slice(2);
const world = await mpi({ timeout: how === "stall" || how === "stop" ? 1 : 30 });
if (pids !== undefined) appendFileSync(pids, `${process.pid}\n`);
setNumerics("exact");
setThreads(1);

const isOdd = world.rank === 1;
const failures: Readonly<Record<string, () => unknown>> = {
  throw() {
    throw new Error("the disk is full");
  },
  reject() {
    Promise.reject(new Error("a bad download"));
  },
  exit0: () => process.exit(0),
  exit3: () => process.exit(3),
  kill: () => process.kill(process.pid, "SIGKILL"),
  stop: () => process.kill(process.pid, "SIGSTOP"),
  stall() {
    for (;;);
  },
};
/** What is other on rank 1, if that is what it does. */
const other = <T>(what: string, theirs: T, usual: T): T => (isOdd && how === what ? theirs : usual);

const layers = [
  new Dense({ units: other("model", 5, 4) }),
  new Dropout({ rate: 0.1 }),
  new Dense({ units: 1 }),
];
const model = new Sequential(layers, { input: [2], seed: other("seed", 2, 1) });
model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }) });
if (isOdd && how === "weights") model.setWeights({ ...model.getWeights(), "2.bias": Matrix.from([[9]]) });
const x = Matrix.zeros(60, 2).map((_, r, c) => Math.sin(r + c));
const y = Matrix.zeros(60, 1).map((_, r) => x.at(r, 0) * x.at(r, 1));

for (let time = 0; time < other("fewer", 1, 2); time++) {
  await model.fit(
    { x, y },
    {
      distribute: world,
      epochs: other("options", 7, 2),
      batchSize: 16,
      callbacks: [
        checkpoint(`${folder}-${time}`, { every: 3 }),
        {
          async onBatchEnd({ epoch, batch }) {
            if (epoch === 0 && batch === 0) console.log("STEP");
            if (time === 1 && epoch === 1 && batch === 1 && isOdd) await failures[how]?.();
          },
        },
      ],
    },
  );
}
