import { type Batch, type Dataset, isDataset } from "../data/dataset.js";
import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { MICRO_BATCH } from "./feed.js";
import { leavesOf } from "./nesting.js";
import type { Trainer } from "./trainer.js";

/**
 * A whole batch is worked on in pieces, whose gradients are added up: another batch to whoever looks across rows.
 * @throws ChainruleError for a layer or a loss that does, unless the data is in one piece anyway
 */
export function expectSummable(trainer: Trainer, data: Batch | Dataset): void {
  if (!isDataset(data) && data.x.rows <= MICRO_BATCH) return;
  const advice = "Use a smaller batchSize; or microBatchStatistics: true, for those of each piece.";
  refuse('fit with batchSize "full"', trainer, ({ couplesRows }) => couplesRows, advice);
}

/**
 * The rows of a batch may be in several processes.
 * @throws ChainruleError for a layer or a loss that would have to see them all at once
 */
export function expectShareable(trainer: Trainer): void {
  const advice = "microBatchStatistics: true takes those of each process, or each shard.";
  refuse("fit with `distribute`", trainer, ({ couplesShards }) => couplesShards, advice);
}

function refuse(
  who: string,
  { model, options: { loss } }: Trainer,
  reasonOf: (layer: Layer) => string | undefined,
  advice: string,
): void {
  const coupled = [
    ...leavesOf(model.layers).map((layer) => ({ name: layer.label, reason: reasonOf(layer) })),
    { name: loss.name, reason: loss.couplesRows },
  ];
  for (const { name, reason } of coupled) {
    if (reason === undefined) continue;
    fail(who, "layers and losses that treat each row by itself", `${name} (${reason})`, advice);
  }
}
