import { unlessAborted } from "../data/unless-aborted.js";
import type { EpochEvent } from "./callbacks.js";
import { expectSome } from "./feed.js";
import type { FitPlan } from "./fit-plan.js";
import { RunningMeans } from "./running-means.js";
import { gatheredBy, type PartialEpoch } from "./snapshot.js";
import type { Trainer } from "./trainer.js";
import type { TurnKeeper } from "./turn.js";

/** How an epoch goes, beside its steps. */
interface Course {
  readonly watch: TurnKeeper;
  readonly event: EpochEvent;
  /** What a training that is resumed had of it already. */
  readonly begun: PartialEpoch | undefined;
  /** Called after each step of the epoch; true to stop. */
  readonly onStep: ((batch: number, part: () => PartialEpoch) => Promise<boolean>) | undefined;
}

/**
 * One pass over the data: shuffle, then for each batch forward, loss, backward and step. Returns the running means, the
 * rows, and whether a callback asked to stop.
 */
export async function runEpoch(
  trainer: Trainer,
  { feed, shuffle, wholeBatch, batches, audience, signal, team }: FitPlan,
  { watch, event, begun, onStep }: Course,
): Promise<{ logs: Record<string, number>; rows: number; stopped: boolean }> {
  const metrics = trainer.startMetrics();
  const running = new RunningMeans(trainer, metrics);
  const isHeard = audience.listensTo("onBatchEnd");
  const tellBatch = (batch: number) =>
    audience.tell("onBatchEnd", { ...event, batch, rows, logs: running.logs() });
  // Where several processes train, they end together: when they add up their gradients.
  const unlessEnded = team === undefined ? () => signal?.throwIfAborted() : () => {};
  const { beganAt = trainer.model.context.position.step } = begun ?? {};
  let { batch, rows } = begun ?? { batch: 0, rows: 0 };
  let [stopped, isOver] = [false, false];

  if (begun === undefined) feed.begin(shuffle?.(beganAt));
  else {
    running.sums = begun.means;
    for (const [i, metric] of metrics.entries()) metric.state = begun.metrics[i];
  }
  const part = (): PartialEpoch => {
    const gathered = gatheredBy(metrics, trainer.names);
    return { batch, rows, beganAt, place: feed.place, means: running.sums, metrics: gathered };
  };
  while (!stopped && (wholeBatch || batches === undefined || batch < batches)) {
    const next = isOver ? undefined : feed.next();
    const found = next instanceof Promise ? await unlessAborted(next, team ? undefined : signal) : next;
    unlessEnded();
    isOver = found === undefined;
    const piece = found ?? team?.idle; // others may still have rows
    if (piece === undefined) break;
    trainer.accumulate(piece, !wholeBatch, metrics);
    if (!wholeBatch) {
      trainer.gather();
      if (trainer.rows === 0) {
        trainer.abandon(); // the next step is another, which begins with sums of its own
        break;
      }
      rows += trainer.rows;
      running.add(trainer.sum, trainer.weight);
      running.addPenalty(trainer.step(), trainer);
      if (isHeard) stopped = await tellBatch(batch);
      batch++;
      if (onStep !== undefined && !stopped) stopped = await onStep(batch, part);
    }
    if (watch.isDue()) await watch.turn();
    unlessEnded();
  }
  if (wholeBatch) {
    trainer.gather();
    rows = trainer.rows;
    running.add(trainer.sum, trainer.weight);
  }
  const expectRows = () => expectSome("fit", rows, running.weight);
  if (team === undefined) expectRows();
  else team.agree(expectRows);
  if (wholeBatch) {
    running.addPenalty(
      trainer.step(() => feed.again()),
      running,
    );
    if (isHeard) stopped = await tellBatch(batch);
  }
  return { logs: running.logs(), rows, stopped };
}
