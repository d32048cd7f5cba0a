import { describe, didYouMean, fail, size } from "../errors.js";
import { Matrix } from "../matrix.js";
import type { Batch } from "./dataset.js";

/** @throws ChainruleError unless x and y are matrices of one dtype with as many rows, and weights fit and are ≥ 0. */
export function expectBatch(who: string, batch: Batch): Batch {
  if (typeof batch !== "object" || batch === null) fail(who, "data { x, y }", describe(batch));
  expectNoMisspelling(who, batch);
  const { x, y, sampleWeight } = batch;
  if (!Matrix.isMatrix(x)) {
    const isExample = ArrayBuffer.isView(x) || typeof x === "number";
    const advice = isExample ? "Put examples together with .batch(32)." : "Use Matrix.from(rows) for arrays.";
    fail(who, "`x` to be a Matrix", describe(x), advice);
  }
  expectBeside(who, "y", y, x);
  if (sampleWeight === undefined) return batch;
  expectBeside(who, "sampleWeight", sampleWeight, x);
  if (sampleWeight.cols !== 1) {
    fail(who, `\`sampleWeight\` [${x.rows} × 1], a number for each row`, size(sampleWeight));
  }
  for (const w of sampleWeight.data) {
    if (!(w >= 0 && w < Number.POSITIVE_INFINITY)) fail(who, "finite weights of at least 0", String(w));
  }
  return batch;
}

/** @throws ChainruleError unless a part of a batch is a Matrix with a row for each of x, in its dtype */
function expectBeside(who: string, name: string, part: Matrix, x: Matrix): void {
  if (!Matrix.isMatrix(part)) {
    fail(who, `\`${name}\` to be a Matrix`, describe(part), "Use Matrix.from(rows) for arrays.");
  }
  if (part.rows !== x.rows) {
    fail(who, `as many rows of \`x\` as of \`${name}\``, `${x.rows} and ${part.rows}`);
  }
  if (part.dtype !== x.dtype) {
    fail(who, `\`${name}\` in ${x.dtype}, as \`x\``, part.dtype, `Convert it with .as("${x.dtype}").`);
  }
}

/** Other names may stand beside the three, but not one that is nearly `sampleWeight` and would count for nothing. */
function expectNoMisspelling(who: string, batch: Batch): void {
  for (const name in batch) {
    const advice = name === "sampleWeight" ? "" : didYouMean(name, ["sampleWeight"]);
    if (advice !== "") fail(who, "data { x, y, sampleWeight }", JSON.stringify(name), advice);
  }
}
