import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Files } from "./job.js";
import { seeded } from "./seeded.js";
import type { Task, TrainTask } from "./tasks.js";

/** Writes the numbers of a task into files of `folder`, each once, where all contenders read the same bytes. */
export async function prepare(task: Task, folder: string, root: string): Promise<Files> {
  const file = (name: string) => join(folder, `${name}.f32`);
  const files = { inputs: file("none"), targets: file("none"), weights: file("none") };
  save(files.inputs, () => new Float32Array(0));
  if (task.kind === "train" || task.kind === "predict") {
    const { widths } = task;
    files.weights = file(`weights-${widths.join("-")}`);
    save(files.weights, () => weights(widths));
  }
  if (task.kind === "train") {
    const { rows, data, loss, widths } = task;
    const name = `${data}-${rows}x${widths[0]}-${loss}-${widths[widths.length - 1]}`;
    [files.inputs, files.targets] = [file(`x-${name}`), file(`y-${name}`)];
    if (!existsSync(files.inputs)) {
      const { x, y } = data === "digits" ? await digits(rows, root) : examples(task);
      save(files.inputs, () => x);
      save(files.targets, () => y);
    }
  } else {
    const count = countOf(task);
    files.inputs = file(`uniform-${count}`);
    save(files.inputs, () => uniform(count, 3));
  }
  return files;
}

function save(path: string, make: () => Float32Array): void {
  if (!existsSync(path)) writeFileSync(path, make());
}

function countOf(task: Exclude<Task, TrainTask>): number {
  if (task.kind === "predict") return Math.max(task.rows, 256) * task.widths[0];
  if (task.kind === "product") {
    const { batch, inputs, units } = task;
    return batch * (inputs + units) + inputs * units; // enough for any two of the three
  }
  return 2 * (task.kind === "matmul" ? task.size : 1024) ** 2;
}

/** Uniform in [0, 1): sums of them are far from 0, so that they can be compared by their relative difference. */
function uniform(count: number, seed: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length: count }, random);
}

/** Glorot's uniform weights, and biases that are small but not 0. */
function weights(widths: readonly number[]): Float32Array {
  const random = seeded(1);
  return Float32Array.from(
    widths.slice(1).flatMap((units, i) => {
      const limit = Math.sqrt(6 / (widths[i] + units));
      const around = (size: number) => () => size * (2 * random() - 1);
      return [
        ...Array.from({ length: widths[i] * units }, around(limit)),
        ...Array.from({ length: units }, around(0.05)),
      ];
    }),
  );
}

/**
 * Rows that a network can learn: each is half its class's own pattern, half noise, and in `sparse` data four numbers of
 * five are 0. With one output the target is whether exactly one of the first two inputs is above ½.
 */
function examples({ widths, rows, data, loss }: TrainTask): { x: Float32Array; y: Float32Array } {
  const random = seeded(2);
  const [inputs, outputs] = [widths[0], widths[widths.length - 1]];
  const patterns = Array.from({ length: outputs }, () => Float32Array.from({ length: inputs }, random));
  const x = new Float32Array(rows * inputs);
  const y = new Float32Array(loss === "softmaxCrossEntropy" ? rows : rows * outputs);
  for (let r = 0; r < rows; r++) {
    const label = r % outputs;
    const row = x.subarray(r * inputs, (r + 1) * inputs);
    for (let i = 0; i < inputs; i++) {
      const value = outputs === 1 ? random() : (patterns[label][i] + random()) / 2;
      row[i] = data === "sparse" && random() < 0.8 ? 0 : value;
    }
    if (loss === "softmaxCrossEntropy") y[r] = label;
    else if (outputs === 1) y[r] = row[0] > 0.5 !== row[1] > 0.5 ? 1 : 0;
    else y[r * outputs + label] = 1;
  }
  return { x, y };
}

/** The first of the 60,000 MNIST digits, whatever the widths. */
async function digits(rows: number, root: string): Promise<{ x: Float32Array; y: Float32Array }> {
  const node = (await import(
    pathToFileURL(join(root, "dist/node.js")).href
  )) as typeof import("chainrule/node");
  const { train } = await node.mnist();
  return { x: train.x.slice(0, rows).data as Float32Array, y: train.y.slice(0, rows).data as Float32Array };
}
