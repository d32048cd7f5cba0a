import { type Batch, type Dataset, isDataset } from "../data/dataset.js";
import { fail } from "../errors.js";
import { MICRO_BATCH } from "./feed.js";
import { leavesOf } from "./nesting.js";
import type { Trainer } from "./trainer.js";

/**
 * A whole batch is worked on in pieces, whose gradients are added up: another batch to whoever looks across rows.
 * @throws ChainruleError for a layer or a loss that does, unless the data is in one piece anyway
 */
export function expectSummable(trainer: Trainer, data: Batch | Dataset): void {
  if (!isDataset(data) && data.x.rows <= MICRO_BATCH) return;
  const { model, options } = trainer;
  const coupled = [
    ...leavesOf(model.layers).map((layer) => ({
      name: layer.label,
      reason: layer.couplesRows,
    })),
    { name: options.loss.name, reason: options.loss.couplesRows },
  ];
  for (const { name, reason } of coupled) {
    if (reason === undefined) continue;
    const advice = "Use a smaller batchSize; or microBatchStatistics: true, for those of each piece.";
    fail(
      'fit with batchSize "full"',
      "layers and losses that treat each row by itself",
      `${name} (${reason})`,
      advice,
    );
  }
}
