import { type Batch, type Dataset, isDataset } from "../data/dataset.js";
import { expectBatch } from "../data/expect-batch.js";
import { peek } from "../data/peek.js";
import { describe, fail, size } from "../errors.js";
import { Matrix } from "../matrix.js";
import type { Chain } from "./chain.js";
import { hasWeights } from "./nesting.js";

/** Does what is to be done, on a model that is built for x; if it fails, one that was not built stays so. */
export function whenBuilt<T>(model: Chain, who: string, x: Matrix, work: () => T): T {
  if (!Matrix.isMatrix(x)) fail(who, "a Matrix", describe(x), "Use Matrix.from(rows) for arrays.");
  if (model.isBuilt) return work();
  if (x.cols === 0) fail(who, "rows of at least one number", size(x));
  const hadWeights = hasWeights(model.layers);
  model.buildRoot([x.cols]);
  try {
    return work();
  } catch (error) {
    // The seed makes the same weights again, but not those that a nested model brought along.
    if (!hadWeights) model.unbuild();
    throw error;
  }
}

/** Prepares work on data and then does it. To build a model, the first batch of a dataset has to be looked at. */
export async function withData<T>(
  model: Chain,
  who: string,
  data: Batch | Dataset,
  prepare: (data: Batch | Dataset, first?: Batch) => () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  if (model.isBuilt) return prepare(data)();
  if (!isDataset(data)) return whenBuilt(model, who, expectBatch(who, data).x, () => prepare(data))();
  const run = ({ done, value: first }: IteratorResult<Batch>, all: Dataset) => {
    if (done) return fail(who, "at least one row of data", "an empty dataset");
    return whenBuilt(model, who, expectBatch(who, first).x, () => prepare(all, first))();
  };
  return peek(data, run, signal);
}
