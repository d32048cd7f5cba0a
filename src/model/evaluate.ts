import { type Batch, type Dataset, isDataset } from "../data/dataset.js";
import { unlessAborted } from "../data/unless-aborted.js";
import { checkOptions, integer, optional } from "../options.js";
import { expectRows, expectSome, type Feed, MICRO_BATCH, memoryFeed, streamFeed } from "./feed.js";
import type { Team } from "./team.js";
import type { Trainer } from "./trainer.js";
import { type TurnKeeper, turnKeeper } from "./turn.js";

export interface EvaluateOptions {
  /** How many rows are in work at a time; it changes no result but by rounding. Default: 512. */
  batchSize?: number;
}

/** @throws ChainruleError for unknown options and values that do not fit. */
export function expectEvaluateOptions(options: EvaluateOptions): void {
  checkOptions("evaluate", options, { batchSize: optional(integer(1)) });
}

/** A feed of checked rows from either form of data, in pieces of at most `size` rows. */
export function feedOf(trainer: Trainer, who: string, data: Batch | Dataset, size = MICRO_BATCH): Feed {
  return isDataset(data)
    ? streamFeed(data, size, (batch) => trainer.expect(who, batch))
    : memoryFeed(expectRows(who, trainer.expect(who, data)), size);
}

/** How a pass over data goes, beside its numbers. */
export interface Pass {
  readonly who: string;
  readonly watch?: TurnKeeper;
  readonly signal?: AbortSignal | undefined;
  /** The processes that share the rows: those of the training that it is a part of. */
  readonly team?: Team | undefined;
}

/** The loss and the metrics over data, penalties included; the model is not changed. */
export async function evaluate(
  trainer: Trainer,
  feed: Feed,
  { who, watch = turnKeeper(), signal, team }: Pass,
): Promise<Record<string, number>> {
  const metrics = trainer.startMetrics();
  let [sum, weight, rows] = [0, 0, 0];
  team?.begin(`the validation after step ${trainer.model.context.position.step}`);
  try {
    feed.begin();
    for (;;) {
      const next = feed.next();
      const piece = next instanceof Promise ? await unlessAborted(next, signal) : next;
      if (piece === undefined) break;
      const total = trainer.evaluate(piece, metrics, team);
      sum += total.sum;
      weight += total.weight;
      rows += piece.count;
      if (watch.isDue()) await watch.turn();
      signal?.throwIfAborted();
    }
    if (team !== undefined) ({ sum, weight } = team.total());
    expectSome(who, rows, weight);
  } catch (error) {
    await feed.close().catch(() => undefined); // the first error counts
    throw error;
  }
  return trainer.report(sum / weight + trainer.penalty(), metrics);
}
