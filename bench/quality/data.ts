import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Batch, Matrix } from "../../src/index.js";
import { csv } from "../../src/node/index.js";
import type { SetOf } from "./settings.js";

export const pathOf = ({ name }: SetOf): string =>
  fileURLToPath(new URL(`../../examples/data/${name}.csv`, import.meta.url));

/** A whole set: x [rows × inputs] and y [rows × 1]. */
export async function readSet(set: SetOf): Promise<Batch> {
  const names = readFileSync(pathOf(set), "utf8").split("\n", 1)[0].split(",");
  const columns = Object.fromEntries(names.map((name) => [name, "number" as const]));
  const reader = csv(pathOf(set), { columns, target: set.target, batchSize: set.rows + 1 });
  const [all, more] = await reader.toArray();
  if (more !== undefined) throw new Error(`${set.name}: more than ${set.rows} rows`);
  return all;
}

/** (x − mean) / deviation, column by column, as learned from `train`, for both; a column of one value becomes 0. */
export function standardized(train: Matrix, test: Matrix): { train: Matrix; test: Matrix } {
  const mean = new Float64Array(train.cols);
  const variance = new Float64Array(train.cols);
  train.data.forEach((x, i) => {
    mean[i % train.cols] += x / train.rows;
  });
  train.data.forEach((x, i) => {
    variance[i % train.cols] += (x - mean[i % train.cols]) ** 2 / train.rows;
  });
  const scale = variance.map((v) => (v === 0 ? 0 : 1 / Math.sqrt(v)));
  const of = ({ rows, cols, data }: Matrix) =>
    new Matrix(
      rows,
      cols,
      Float32Array.from(data, (x, i) => (x - mean[i % cols]) * scale[i % cols]),
    );
  return { train: of(train), test: of(test) };
}
