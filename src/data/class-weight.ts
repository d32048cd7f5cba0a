import { describe, fail } from "../errors.js";
import type { Loss, TargetKind } from "../losses/loss.js";
import { Matrix } from "../matrix.js";
import { largest } from "../metrics/classes.js";
import type { Batch } from "./dataset.js";
import { expectBatch } from "./expect-batch.js";

/** How much each class counts: by class index, `{ 0: 1, 1: 20 }` or `[1, 20]`. A class not named counts 1. */
export type ClassWeight = Readonly<Record<number, number>> | readonly number[];

/** @throws ChainruleError unless keys are indices of these classes and values finite numbers of at least 0. */
export function expectClassWeight(who: string, classWeight: ClassWeight, classes: number): void {
  if (typeof classWeight !== "object" || classWeight === null || classWeight instanceof Map) {
    fail(who, "`classWeight` such as { 0: 1, 1: 20 }", describe(classWeight));
  }
  for (const [key, weight] of Object.entries(classWeight)) {
    if (!(/^\d+$/.test(key) && Number(key) < classes)) {
      fail(who, `class indices from 0 to ${classes - 1} in \`classWeight\``, JSON.stringify(key));
    }
    if (typeof weight !== "number" || !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      fail(who, "finite numbers of at least 0 in `classWeight`", describe(weight));
    }
  }
}

/**
 * The batch with each row's weight multiplied by that of its class: its index, or its largest share. Of signs, −1 is
 * class 0. Rows that the loss ignores need have no class.
 */
export function weighByClass(
  who: string,
  batch: Batch,
  classWeight: ClassWeight,
  loss: Pick<Loss, "ignores" | "target"> = {},
): Batch {
  const { x, y, sampleWeight } = batch;
  const weights = Matrix.zeros(x.rows, 1, x.dtype);
  const byClass = classWeight as Readonly<Record<number, number>>;
  for (let r = 0; r < x.rows; r++) {
    weights.data[r] = sampleWeight?.data[r] ?? 1;
    if (loss.ignores?.(y, r)) continue;
    weights.data[r] *= byClass[classIn(who, y, r, loss.target)] ?? 1;
  }
  return expectBatch(who, { x, y, sampleWeight: weights });
}

/** @throws ChainruleError where row r is of no class, or of several */
function classIn(who: string, y: Matrix, r: number, kind: TargetKind | undefined): number {
  const row = Array.from(y.data.subarray(r * y.cols, (r + 1) * y.cols));
  const shares = kind === "sign" ? row.map((t) => (t + 1) / 2) : row;
  if (y.cols === 1) {
    if (Number.isInteger(shares[0]) && shares[0] >= 0) return shares[0];
    return fail(who, "class indices as targets for `classWeight`", `${row[0]} in row ${r}`, SAMPLE_WEIGHT);
  }
  const sum = shares.reduce((total, share) => total + share);
  // Other losses take any numbers: those of several labels, or of none, are no shares.
  if (kind !== "class" && !(Math.abs(sum - 1) < 1e-3 && shares.every((share) => share >= 0))) {
    const got = `[${row.slice(0, 8).join(", ")}${row.length > 8 ? ", …" : ""}] in row ${r}`;
    fail(who, "targets of one class each for `classWeight`", got, SAMPLE_WEIGHT);
  }
  return largest(y, r);
}

const SAMPLE_WEIGHT = "For other targets, weigh rows by `sampleWeight`.";
