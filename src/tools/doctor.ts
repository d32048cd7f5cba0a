import type { Batch } from "../data/dataset.js";
import type { Matrix } from "../matrix.js";
import type { Sequential } from "../model/sequential.js";
import { checkOptions, integer, optional } from "../options.js";
import { gradientFindings, takesIndices, unitFindings } from "./doctor-layers.js";
import { countedRows, expectFit, expectReady } from "./expect-model.js";
import { tryOut } from "./try-out.js";

export interface DoctorOptions {
  /** How many rows to look at. Default: 256. */
  rows?: number;
  /** How many steps to try to learn 32 of them by heart. Default: 200. */
  steps?: number;
}

/** Something that is, or may be, wrong. */
export interface Finding {
  readonly about: "inputs" | "targets" | "classes" | "units" | "gradients" | "overfitting";
  readonly what: string;
  readonly advice: string;
}

const WHO = "doctor";

/**
 * Looks for what most often keeps a network from learning: inputs that are not scaled or never change, targets that are
 * not finite or of one class, units that put out 0 for every row, gradients that vanish or explode from layer to layer,
 * and a model that cannot even learn 32 rows by heart. Nothing of the model is changed. No findings: none of these.
 * Rows of weight 0 are passed by.
 * @throws ChainruleError for a model that is not compiled, and data that does not fit it
 */
export function doctor(model: Sequential<string>, data: Batch, options: DoctorOptions = {}): Finding[] {
  checkOptions(WHO, options, { rows: optional(integer(1)), steps: optional(integer(1)) });
  const { rows = 256, steps = 200 } = options;
  expectReady(WHO, model);
  const batch = firstRows(countedRows(expectFit(WHO, model, data)), rows);
  const before = [...inputFindings(batch.x, takesIndices(model.layers)), ...targetFindings(model, batch.y)];
  // The model would refuse these: nothing more can be seen.
  if (before.some(({ about, what }) => about === "targets" || what.includes("not finite"))) return before;
  return tryOut(WHO, model, () => {
    const found = [...before, ...unitFindings(model, batch.x), ...gradientFindings(model, batch)];
    return [...found, ...overfittingFindings(model, firstRows(batch, 32), steps)];
  });
}

function firstRows({ x, y }: Batch, rows: number): Batch {
  return { x: x.slice(0, Math.min(rows, x.rows)), y: y.slice(0, Math.min(rows, y.rows)) };
}

function inputFindings(x: Matrix, areIndices: boolean): Finding[] {
  const findings: Finding[] = [];
  const add = (what: string, advice: string) => findings.push({ about: "inputs", what, advice });
  const columns = Array.from({ length: x.cols }, (_, c) => columnOf(x, c));
  const named = (places: readonly number[]) =>
    `${places.length} of ${x.cols} (${places.slice(0, 5).join(", ")}${places.length > 5 ? ", …" : ""})`;
  const where = (holds: (column: Column) => boolean) =>
    columns.flatMap((column, c) => (holds(column) ? [c] : []));
  const infinite = where(({ mean }) => !Number.isFinite(mean));
  if (infinite.length > 0)
    add(`Columns that are not finite: ${named(infinite)}.`, "Fill or drop missing values.");
  const constant = where(({ deviation }) => deviation === 0);
  if (constant.length > 0 && x.rows > 1) {
    add(
      `Columns that never change: ${named(constant)}.`,
      "They teach nothing: leave them out if that is so in all data.",
    );
  }
  const large = where(({ mean, deviation }) => Math.abs(mean) > 10 || deviation > 10);
  if (large.length > 0 && !areIndices) {
    add(
      `Columns far from mean 0 and deviation 1: ${named(large)}.`,
      "Standardize them: a Table with standardize().",
    );
  }
  return findings;
}

interface Column {
  readonly mean: number;
  readonly deviation: number;
}

function columnOf({ rows, cols, data }: Matrix, c: number): Column {
  let [sum, squares] = [0, 0];
  for (let r = 0; r < rows; r++) sum += data[r * cols + c];
  const mean = sum / rows;
  for (let r = 0; r < rows; r++) squares += (data[r * cols + c] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / rows) };
}

function targetFindings(model: Sequential<string>, y: Matrix): Finding[] {
  const bad = y.data.findIndex((t) => !Number.isFinite(t));
  if (bad >= 0) {
    const what = `Targets that are not finite, first in row ${Math.floor(bad / y.cols)}.`;
    return [{ about: "targets", what, advice: "Fill or drop these rows." }];
  }
  const isSame = new Set(y.toArray().map(String)).size === 1;
  if (isSame && y.rows > 1) {
    const what = `All ${y.rows} targets are the same.`;
    return [{ about: "targets", what, advice: "Shuffle the rows, and check how the targets are read." }];
  }
  return classFindings(model, y);
}

/** Classes of which the rows have few, where targets are indices. */
function classFindings({ loss, outputSize }: Sequential<string>, y: Matrix): Finding[] {
  if (loss?.target !== "class" || y.cols !== 1 || outputSize === 1) return [];
  const classes = [...y.data].filter((_, r) => !loss.ignores?.(y, r));
  const outside = classes.find((t) => !(Number.isInteger(t) && t >= 0 && t < outputSize));
  if (outside !== undefined) {
    const what = `A target of class ${outside}, but the model has ${outputSize} outputs.`;
    return [
      { about: "targets", what, advice: `Count classes from 0, and give the last layer as many units.` },
    ];
  }
  const counts = new Array<number>(outputSize).fill(0);
  for (const t of classes) counts[t]++;
  const missing = counts.flatMap((count, k) => (count === 0 ? [k] : []));
  if (missing.length === 0 || classes.length < 20 * outputSize) return [];
  const what = `No row of class ${missing.slice(0, 8).join(", ")} among ${classes.length}.`;
  return [{ about: "classes", what, advice: "Shuffle the rows; or the last layer has too many units." }];
}

function overfittingFindings(model: Sequential<string>, { x, y }: Batch, steps: number): Finding[] {
  if (!model.parameters.some(({ trainable }) => trainable)) {
    const advice = "Set `trainable` to true for those that should learn.";
    return [{ about: "overfitting", what: "No parameter of the model is trainable.", advice }];
  }
  const loss: number[] = [];
  try {
    for (let i = 0; i < steps; i++) loss.push(model.trainBatch(x, y));
  } catch (error) {
    const what = `Training on ${x.rows} rows breaks off: ${(error as Error).message}`;
    return [
      { about: "overfitting", what, advice: "Try a tenth of the learning rate, and scale the inputs." },
    ];
  }
  const last = Math.min(...loss.slice(-Math.ceil(steps / 20)));
  const [first] = loss;
  if (last < 0.5 * first || first < 1e-3) return [];
  const what = `In ${steps} steps on the same ${x.rows} rows the loss fell from ${first.toPrecision(3)} to no less than ${last.toPrecision(3)}.`;
  const advice =
    "Sweep the rate with learningRateRange; check that loss and last layer belong together, and the targets.";
  return [{ about: "overfitting", what, advice }];
}
