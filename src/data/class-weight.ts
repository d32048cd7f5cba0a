import { describe, fail } from "../errors.js";
import type { Loss } from "../losses/loss.js";
import { Matrix } from "../matrix.js";
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
 * The batch with each row's weight multiplied by that of its class: its index, or its largest share. Rows that the loss
 * ignores need have no class.
 */
export function weighByClass(
  who: string,
  batch: Batch,
  classWeight: ClassWeight,
  loss: Pick<Loss, "ignores"> = {},
): Batch {
  const { x, y, sampleWeight } = batch;
  const classes = y.cols === 1 ? y : y.argmax("rows");
  const weights = Matrix.zeros(x.rows, 1, x.dtype);
  const byClass = classWeight as Readonly<Record<number, number>>;
  for (let r = 0; r < x.rows; r++) {
    weights.data[r] = sampleWeight?.data[r] ?? 1;
    if (loss.ignores?.(y, r)) continue;
    const index = classes.data[r];
    if (!Number.isInteger(index) || index < 0) {
      fail(who, "class indices as targets for `classWeight`", `${index} in row ${r}`);
    }
    weights.data[r] *= byClass[index] ?? 1;
  }
  return expectBatch(who, { x, y, sampleWeight: weights });
}
