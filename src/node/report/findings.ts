import type { Matrix } from "../../matrix.js";
import { type Classify, classifier } from "../../metrics/classes.js";
import type { Sequential } from "../../model/sequential.js";
import { chanceOf } from "./chance.js";
import type { Rows } from "./rows.js";

/** What the model makes of rows that it was not trained on. */
export interface Findings {
  readonly rows: number;
  readonly areAll: boolean;
  /** How many rows of which class were taken for which. Nothing where there are no classes. */
  readonly confusion?: Confusion;
  /** Of a model with one output that is no class: what was wanted, and what was predicted. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly mistakes: readonly Mistake[];
}

/** Of classes there may be many more than rows: only what occurs is counted. */
export interface Confusion {
  readonly classes: number;
  /** At i · classes + j: how many rows of class i were taken for class j. */
  readonly counts: ReadonlyMap<number, number>;
}

/** A row that the model is wrong about. */
export interface Mistake {
  readonly row: number;
  readonly loss: number | undefined;
  readonly input: ArrayLike<number>;
  /** Classes, or numbers. */
  readonly wanted: readonly number[];
  readonly found: readonly number[];
  /** How probable the model finds the class that it found, and the one that was wanted, where it says so. */
  readonly chances?: readonly [found: number, wanted: number] | undefined;
}

const MISTAKES = 24;
const PAIRS = 500;
/** Numbers of a row that are shown. */
const NUMBERS = 12;

/** Looks at predictions; `mayBeClasses`: the user says so, by giving labels, whatever the loss is. */
export function examine(model: Sequential<string>, rows: Rows, mayBeClasses: boolean): Findings {
  const { loss } = model;
  const { x, areAll } = rows;
  const prediction = model.predict(x);
  const y = rows.y.dtype === prediction.dtype ? rows.y : rows.y.as(prediction.dtype);
  const counted = Array.from({ length: x.rows }, (_, r) => r).filter((r) => loss?.ignores?.(y, r) !== true);
  const lossOf = (r: number) =>
    loss === undefined || loss.couplesRows !== undefined
      ? undefined
      : loss.total(prediction.slice(r, r + 1), y.slice(r, r + 1)).sum;
  const worst = (at: readonly number[]) =>
    at
      .map((row) => ({ row, loss: lossOf(row) }))
      .sort((a, b) => (b.loss ?? 0) - (a.loss ?? 0))
      .slice(0, MISTAKES);
  const common = { rows: counted.length, areAll };
  const input = (row: number) => x.data.slice(row * x.cols, (row + 1) * x.cols);
  const classify = classifierFor(model, prediction, y, mayBeClasses);

  if (classify === undefined) {
    const one = prediction.cols === 1 && y.cols === 1;
    const step = Math.max(1, Math.ceil(counted.length / PAIRS));
    const pairs = counted.filter((_, i) => one && i % step === 0);
    const numbers = ({ cols, data }: Matrix, row: number) =>
      Array.from(data.slice(row * cols, row * cols + Math.min(cols, NUMBERS)));
    return {
      ...common,
      pairs: pairs.map((r) => [y.data[r], prediction.data[r]]),
      mistakes: worst(counted).map(({ row, loss }) => ({
        ...{ row, loss, input: input(row) },
        ...{ wanted: numbers(y, row), found: numbers(prediction, row) },
      })),
    };
  }
  const classes = Math.max(2, prediction.cols);
  const counts = new Map<number, number>();
  const wrong: number[] = [];
  for (const r of counted) {
    const [found, wanted] = classify(prediction, y, r);
    const at = wanted * classes + found;
    counts.set(at, (counts.get(at) ?? 0) + 1);
    if (found !== wanted) wrong.push(r);
  }
  const mistakes = worst(wrong).map(({ row, loss }): Mistake => {
    const [found, wanted] = classify(prediction, y, row);
    const chances = chanceOf(model.loss?.prediction, prediction, row);
    return {
      ...{ row, loss, input: input(row), wanted: [wanted], found: [found] },
      chances: chances && [chances(found), chances(wanted)],
    };
  });
  return { ...common, confusion: { classes, counts }, pairs: [], mistakes };
}

/** How rows are sorted into classes, if the loss is one of classes: several outputs, or one that is a yes or a no. */
function classifierFor(
  { loss }: Sequential<string>,
  { cols }: Matrix,
  y: Matrix,
  mayBeClasses: boolean,
): Classify | undefined {
  const { target, prediction = "value" } = loss ?? {};
  const no = target === "sign" ? -1 : 0;
  // Of probabilities in between, which some losses take, none is a class.
  const isYesOrNo = () =>
    (prediction !== "value" || target === "sign") && y.cols === 1 && y.data.every((t) => t === no || t === 1);
  const areClasses = cols === 1 ? isYesOrNo() : target === "class" || mayBeClasses;
  return areClasses ? classifier("htmlReport", prediction, target) : undefined;
}
