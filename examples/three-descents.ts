/**
 * Three ways to go down the same slope: batch gradient descent takes one step for all digits, mini-batch gradient descent
 * one for every 32, stochastic gradient descent one for each. Here they train the same network on the same digits, and
 * go through them equally often.
 *
 *     npm run example:three-descents
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { mnist } from "chainrule/node";
import { chart } from "./support/chart.js";
import type { Point, Result, Task } from "./support/descend.js";
import { table } from "./support/draw.js";

const short = process.argv.includes("--short");
const digits = short ? 1000 : 5000; // to learn from
const others = short ? 200 : 1000; // to measure on
const epochs = short ? 4 : 20;

/** Each with a learning rate at which it does well: the fewer digits a step has seen, the smaller it has to be. */
const methods = [
  { name: "batch", batchSize: "full", learningRate: 0.2, steps: epochs },
  { name: "mini-batch", batchSize: 32, learningRate: 0.1, steps: epochs * Math.ceil(digits / 32) },
  { name: "stochastic", batchSize: 1, learningRate: 0.01, steps: epochs * digits },
] as const;

// A process of its own for each, so that its peak memory is its own. They start before this one reads all the digits:
// where one process starts another, the second inherits the peak of the first.
const program = fileURLToPath(new URL("./support/descend.ts", import.meta.url));
const processes = methods.map(() => fork(program));

function run(child: ChildProcess, task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    child.once("message", (result) => resolve(result as Result));
    child.once("exit", (code) => reject(new Error(`no result, but exit code ${code}`)));
    child.send(task);
  });
}

// 1. The digits, in files where the processes find them.
const folder = await mkdtemp(join(tmpdir(), "three-descents-"));
const results: Result[] = [];
try {
  const { train } = await mnist();
  await writeFile(join(folder, "x"), train.x.slice(0, digits + others).data);
  await writeFile(join(folder, "y"), train.y.slice(0, digits + others).data);

  // 2. One after the other, so that they do not take time from each other.
  for (const [i, { batchSize, learningRate }] of methods.entries()) {
    results.push(await run(processes[i], { batchSize, learningRate, epochs, digits, folder }));
  }
} finally {
  await rm(folder, { recursive: true });
}

// 3. The table.
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const lines = results.map(({ points, loss, accuracy, memory }, i) => [
  methods[i].name,
  String(methods[i].steps),
  `${points[points.length - 1].seconds.toFixed(1)} s`,
  loss.toFixed(3),
  accuracy.toFixed(3),
  megabytes(memory.peak),
  megabytes(memory.peak - memory.before),
]);
console.log(`${epochs} times through ${digits} digits, measured on ${others} others:\n`);
console.log(
  table([["descent", "steps", "time", "loss", "accuracy", "peak memory", "of it, training"], ...lines]),
);
console.log(
  "\nThe whole batch runs in pieces of 512 digits: the memory that it takes does not grow with the data.",
);

// 4. The picture.
const seriesBy = (x: (point: Point) => number) => {
  return results.map(({ points }, i) => ({
    name: `${methods[i].name} gradient descent`,
    points: points.map((point) => ({ x: x(point), y: point.loss })),
  }));
};
const svg = chart("Three descents on the same digits", "loss on digits not seen", 2.5, [
  { x: "seconds of training", series: seriesBy(({ seconds }) => seconds) },
  { x: "digits seen", series: seriesBy(({ seen }) => seen) },
]);
const output = fileURLToPath(new URL("./output/", import.meta.url));
await mkdir(output, { recursive: true });
const path = join(output, "three-descents.svg");
await writeFile(path, svg);
console.log(`\nPicture: ${relative(process.cwd(), path)}`);

for (const [i, { points, loss }] of results.entries()) {
  if (!(loss < points[0].loss))
    throw new Error(`expected ${methods[i].name} gradient descent to lower the loss`);
}
