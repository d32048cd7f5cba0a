import { unlessAborted } from "../data/unless-aborted.js";
import type { Accumulator } from "../metrics.js";
import { type EpochEvent, type TrainEvent, tell } from "./callbacks.js";
import { expectFiniteParameters } from "./diagnose.js";
import { evaluate } from "./evaluate.js";
import { expectSome } from "./feed.js";
import type { FitPlan } from "./fit-plan.js";
import { validationName } from "./history.js";
import type { Trainer } from "./trainer.js";
import { type TurnKeeper, turnKeeper } from "./turn.js";

/** Trains as planned. However that ends, the data is closed and every callback told; the first error counts. */
export async function train(trainer: Trainer, plan: FitPlan): Promise<Record<string, number[]>> {
  const { callbacks, epochs, batches } = plan;
  const names = plan.validation ? [...trainer.names, ...trainer.names.map(validationName)] : trainer.names;
  const history = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  const event = { model: trainer.model, epochs, batches, history };

  const errors: unknown[] = [];
  const attempt = (work: Promise<unknown>) => work.catch((error) => errors.push(error));
  await attempt(runEpochs(trainer, plan, event));
  trainer.abandon();
  await attempt(plan.feed.close());
  const end = errors.length === 0 ? event : { ...event, error: errors[0] };
  for (const callback of callbacks) await attempt(tell([callback], "onTrainEnd", end));
  if (errors.length > 0) throw errors[0];
  return history;
}

type Event = TrainEvent & { history: Record<string, number[]> };

/** For each epoch: the steps, the validation, the callbacks. */
async function runEpochs(trainer: Trainer, plan: FitPlan, event: Event): Promise<void> {
  const { callbacks, signal } = plan;
  const watch = turnKeeper();
  let stop = await tell(callbacks, "onTrainBegin", event);
  for (let epoch = plan.initialEpoch; epoch < plan.epochs && !stop; epoch++) {
    if (await tell(callbacks, "onEpochBegin", { ...event, epoch })) return;
    const { logs, stopped } = await runEpoch(trainer, plan, watch, { ...event, epoch });
    expectFiniteParameters(trainer.model);
    if (plan.validation !== undefined) {
      const validated = await evaluate(trainer, plan.validation, { who: "fit validation", watch, signal });
      for (const [name, value] of Object.entries(validated)) logs[validationName(name)] = value;
    }
    for (const [name, value] of Object.entries(logs)) event.history[name].push(value);
    stop = (await tell(callbacks, "onEpochEnd", { ...event, epoch, logs })) || stopped;
  }
}

/**
 * One pass over the data: shuffle, then for each batch forward, loss, backward and step. Returns the running means, and
 * whether a callback asked to stop.
 */
async function runEpoch(
  trainer: Trainer,
  { feed, shuffle, wholeBatch, batches, callbacks, signal }: FitPlan,
  watch: TurnKeeper,
  event: EpochEvent,
): Promise<{ logs: Record<string, number>; stopped: boolean }> {
  const metrics = trainer.startMetrics();
  const running = new RunningMeans(trainer, metrics);
  const listeners = callbacks.filter((callback) => callback.onBatchEnd !== undefined);
  const tellBatch = (batch: number) =>
    tell(listeners, "onBatchEnd", { ...event, batch, logs: running.logs() });
  let [batch, rows] = [0, 0];
  let stopped = false;

  feed.begin(shuffle?.());
  while (!stopped && (wholeBatch || batches === undefined || batch < batches)) {
    const next = feed.next();
    const piece = next instanceof Promise ? await unlessAborted(next, signal) : next;
    signal?.throwIfAborted();
    if (piece === undefined) break;
    rows += piece.count;
    const total = trainer.accumulate(piece, !wholeBatch, metrics);
    running.add(total.sum, total.weight);
    if (!wholeBatch) {
      running.addPenalty(trainer.step(), total);
      if (listeners.length > 0) stopped = await tellBatch(batch);
      batch++;
    }
    if (watch.isDue()) await watch.turn();
    signal?.throwIfAborted();
  }
  expectSome("fit", rows, running.weight);
  if (wholeBatch) {
    running.addPenalty(trainer.step(), running);
    stopped = await tellBatch(batch);
  }
  return { logs: running.logs(), stopped };
}

/** The loss and the metrics of an epoch so far, each row by its weight. */
class RunningMeans {
  sum = 0;
  weight = 0;
  private penalties = 0;

  constructor(
    private readonly trainer: Trainer,
    private readonly metrics: readonly Accumulator[],
  ) {}

  add(sum: number, weight: number): void {
    this.sum += sum;
    this.weight += weight;
  }

  /** What a step's reported loss has above the mean of its rows, weighted as they are. */
  addPenalty(reported: number, { sum, weight }: { sum: number; weight: number }): void {
    if (weight > 0) this.penalties += (reported - sum / weight) * weight;
  }

  logs(): Record<string, number> {
    return this.trainer.report((this.sum + this.penalties) / this.weight, this.metrics);
  }
}
