import type { Batch } from "../../data/dataset.js";
import { fail } from "../../errors.js";
import { without } from "../../io/optional-package.js";
import type { Matrix } from "../../matrix.js";
import type { Sequential } from "../../model/sequential.js";
import { markdown, pictures } from "./events.js";
import type { Field } from "./message.js";

/** Which rows to show as pictures, when they are taken for another class. */
export interface MistakeImages {
  /** The shape of a picture: [height, width], or [height, width, 1 or 3], 3 in colors. */
  shape: readonly number[];
  /** What to predict. Default: the validation data, if they are in memory. */
  data?: Batch;
  /** How many to show at most. Default: 16. */
  most?: number;
  /** The names of the classes. Default: their numbers. */
  labels?: readonly string[];
}

/** The first rows that the model takes for another class, as PNG pictures and as a table. */
export async function mistakesOf(
  who: string,
  model: Sequential<string>,
  { x, y }: Batch,
  { shape, most = 16, labels }: MistakeImages,
): Promise<Field[]> {
  const [height, width, channels = 1] = shape;
  if (height * width * channels !== x.cols) {
    fail(who, `\`images.shape\` to have ${x.cols} numbers, as the rows of data`, `[${shape.join(", ")}]`);
  }
  const { encode } = await import("fast-png").catch(without(who, "fast-png"));
  const name = (label: number) => (labels?.[label] ?? String(label)).replaceAll("|", "\\|");
  const output = model.predict(x);
  const isSigned = model.loss?.target === "sign" || model.loss?.prediction === "logit";
  const files: Uint8Array[] = [];
  const lines = ["| picture | row | is | taken for |", "|---|---|---|---|"];
  const [low, high] = rangeOf(x);
  for (let r = 0; r < x.rows && files.length < most; r++) {
    const [wanted, found] = [classOf(y, r, isSigned ? 0 : 0.5, true), classOf(output, r, isSigned ? 0 : 0.5)];
    if (wanted === found) continue;
    const row = x.data.subarray(r * x.cols, (r + 1) * x.cols);
    const data = Uint8Array.from(row, (value) => ((value - low) / (high - low || 1)) * 255);
    files.push(encode({ width, height, channels, depth: 8, data }));
    lines.push(`| ${files.length} | ${r} | ${name(wanted)} | ${name(found)} |`);
  }
  if (files.length === 0) return [markdown("mistakes", `None in ${x.rows} rows.`)];
  return [pictures("mistakes", height, width, files), markdown("mistakes_table", lines.join("\n"))];
}

/** The class of a row: its largest column, a number that says so, or on which side of `middle` a single output is. */
function classOf({ cols, data }: Matrix, r: number, middle: number, isTarget = false): number {
  if (cols === 1) return isTarget ? Math.max(0, data[r]) : Number(data[r] > middle);
  let best = r * cols;
  for (let i = best; i < (r + 1) * cols; i++) if (data[i] > data[best]) best = i;
  return best - r * cols;
}

function rangeOf({ data }: Matrix): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}
