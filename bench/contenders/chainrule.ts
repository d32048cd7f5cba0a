import { floats } from "./floats.js";
import { kernelsNote, library, setUp } from "./library.js";
import { predicting } from "./predicting.js";
import { job, serve, type Work } from "./serve.js";
import { training } from "./training.js";

const { task } = job;
const { Matrix } = library;
const inputs = floats(job.files.inputs);
const targets = floats(job.files.targets);
const version = `chainrule ${job.how.version}`;

await serve(() => {
  setUp();
  if (job.how.pool) wakePool();
  const work = workOf();
  return { ...work, version, note: kernelsNote() };
});

function workOf(): Omit<Work, "version"> {
  if (task.kind === "train") return training(task, inputs, targets);
  if (task.kind === "predict") return predicting(task, inputs);
  if (task.kind === "matmul") return multiplying(task.size);
  throw new Error(`chainrule.ts expects a train, predict or matmul task, but got ${task.kind}.`);
}

/** As a user multiplies: matrices in ordinary memory, a new one for each product. */
function multiplying(size: number): Omit<Work, "version"> {
  const [a, b] = [0, 1].map(
    (i) => new Matrix(size, size, inputs.subarray(i * size * size, (i + 1) * size * size)),
  );
  return {
    check: () => sample(a.matmul(b).data),
    run(amount) {
      for (let i = 0; i < amount; i++) a.matmul(b);
      return amount;
    },
  };
}

/** Sixteen of the numbers. */
function sample(numbers: ArrayLike<number>): readonly number[] {
  return Array.from({ length: 16 }, (_, i) => numbers[Math.floor((i * (numbers.length - 1)) / 15)]);
}

/** Gives the threads work that is worth waking them for, so that they are there while a small task runs. */
function wakePool(): void {
  const a = Matrix.full(512, 512, 1);
  for (let i = 0; i < 4; i++) a.matmul(a);
}
