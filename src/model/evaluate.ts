import type { ClassWeight } from "../data/class-weight.js";
import type { Batch } from "../data/dataset.js";
import { type Dataset, isDataset } from "../data/dataset.js";
import { checkOptions, integer, optional } from "../options.js";
import { expectSome, type Feed, MICRO_BATCH, memoryFeed, streamFeed } from "./feed.js";
import type { Trainer } from "./trainer.js";
import { turnKeeper } from "./turn.js";

export interface EvaluateOptions {
  /** How many rows are in work at a time; it changes no result. Default: 512. */
  batchSize?: number;
}

/** The loss and the metrics over data, penalties included; the model is not changed. */
export async function evaluate(
  trainer: Trainer,
  data: Batch | Dataset,
  options: EvaluateOptions = {},
): Promise<Record<string, number>> {
  checkOptions("evaluate", options, { batchSize: optional(integer(1)) });
  const feed = feedOf(trainer, "evaluate", data, options.batchSize ?? MICRO_BATCH);
  return measure(trainer, feed);
}

/** A feed of checked rows from either form of data, in pieces of at most `size` rows. */
export function feedOf(
  trainer: Trainer,
  who: string,
  data: Batch | Dataset,
  size: number,
  classWeight?: ClassWeight,
): Feed {
  if (isDataset(data)) return streamFeed(data, size, (batch) => trainer.expect(who, batch, classWeight));
  const batch = trainer.expect(who, data, classWeight);
  expectSome(who, batch.x.rows);
  return memoryFeed(batch, size);
}

/** One pass over a feed in inference mode. */
export async function measure(trainer: Trainer, feed: Feed): Promise<Record<string, number>> {
  const metrics = trainer.startMetrics();
  const watch = turnKeeper();
  let [sum, weight, rows] = [0, 0, 0];
  try {
    feed.begin();
    for (;;) {
      const next = feed.next();
      const piece = next instanceof Promise ? await next : next;
      if (piece === undefined) break;
      const total = trainer.evaluate(trainer.door.take(piece), metrics);
      sum += total.sum;
      weight += total.weight;
      rows += piece.count;
      if (watch.isDue()) await watch.turn();
    }
  } finally {
    await feed.close();
  }
  expectSome("evaluate", rows);
  const names = (trainer.options.metrics ?? []).map((metric) => metric.name);
  const measured = names.map((name, i) => [name, metrics[i].value()] as const);
  return { loss: sum / weight + trainer.penalty(), ...Object.fromEntries(measured) };
}
