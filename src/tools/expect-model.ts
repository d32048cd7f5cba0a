import type { Batch } from "../data/dataset.js";
import { expectBatch } from "../data/expect-batch.js";
import { describe, fail } from "../errors.js";
import { Door } from "../model/door.js";
import { expectRows } from "../model/feed.js";
import { Sequential } from "../model/sequential.js";
import type { Optimizer } from "../optimizers/optimizer.js";

/** @throws ChainruleError for what is no model */
export function expectModel(who: string, model: Sequential<string>): void {
  if (!(model instanceof Sequential)) fail(who, "a Sequential", describe(model));
}

/** The optimizer of a model that can be trained now. @throws ChainruleError for any other model */
export function expectReady(who: string, model: Sequential<string>): Optimizer {
  expectModel(who, model);
  const { optimizer, isBuilt, isTraining } = model;
  if (optimizer === undefined) {
    return fail(who, "a compiled model", "no call of compile", "Call compile({ loss, optimizer }) first.");
  }
  if (!isBuilt) {
    fail(who, "a built model", "one without weights yet", "Give the model `input`, or a first batch.");
  }
  if (isTraining) {
    fail(who, "a model that is not being trained", "a fit that is still running", "Await it first.");
  }
  return optimizer;
}

/**
 * The data, as `model` can take it; its numbers need not be finite.
 * @throws ChainruleError for rows of another width or dtype, and where none counts
 */
export function expectFit(who: string, model: Sequential<string>, data: Batch): Batch {
  const batch = expectRows(who, expectBatch(who, data));
  doorOf(model).expectInputs(who, batch.x);
  return batch;
}

/** As expectFit. @throws ChainruleError that says where the first number stands that is not finite, too */
export function expectFinite(who: string, model: Sequential<string>, data: Batch): Batch {
  return doorOf(model).expect(who, expectFit(who, model, data));
}

/** The rows that weigh something. */
export function countedRows({ x, y, sampleWeight }: Batch): Batch {
  if (sampleWeight === undefined) return { x, y };
  const counted = Array.from(sampleWeight.data, (w, r) => (w === 0 ? -1 : r)).filter((r) => r >= 0);
  return { x: x.gather(counted), y: y.gather(counted), sampleWeight: sampleWeight.gather(counted) };
}

const doorOf = ({ context, inputSize }: Sequential<string>) => new Door(context, inputSize);
