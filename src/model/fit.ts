import type { Batch, Dataset } from "../data/dataset.js";
import type { Accumulator } from "../metrics.js";
import { type Callback, expectCallbacks, tell } from "./callbacks.js";
import { measure } from "./evaluate.js";
import { expectSome } from "./feed.js";
import { type FitOptions, type FitPlan, planFit } from "./fit-options.js";
import { validationName } from "./history.js";
import type { Trainer } from "./trainer.js";
import { turnKeeper } from "./turn.js";

/**
 * Trains for some epochs: shuffle, then for each batch forward, loss, backward and step; then validate and tell the
 * callbacks. The training loop, and nothing else.
 */
export async function train(
  trainer: Trainer,
  data: Batch | Dataset,
  options: FitOptions,
): Promise<Record<string, number[]>> {
  const plan = planFit(trainer, data, options);
  options.signal?.throwIfAborted();
  const callbacks = expectCallbacks([...(options.callbacks ?? []), ...(options.verbose ? [printer] : [])]);
  const history: Record<string, number[]> = {};
  const { epochs, initialEpoch, batches } = plan;
  const event = { model: trainer.model, epochs, batches, history };
  let failure: { error?: unknown } = {};
  try {
    let stop = await tell(callbacks, "onTrainBegin", event);
    for (let epoch = initialEpoch; epoch < epochs && !stop; epoch++) {
      stop = await tell(callbacks, "onEpochBegin", { ...event, epoch });
      if (stop) break;
      const { logs, stopped } = await runEpoch(trainer, plan, callbacks, { ...event, epoch }, options.signal);
      if (plan.validation !== undefined) {
        const validated = await measure(trainer, plan.validation());
        for (const [name, value] of Object.entries(validated)) logs[validationName(name)] = value;
      }
      for (const [name, value] of Object.entries(logs)) {
        history[name] ??= [];
        history[name].push(value);
      }
      stop = (await tell(callbacks, "onEpochEnd", { ...event, epoch, logs })) || stopped;
    }
  } catch (error) {
    failure = { error };
    throw error;
  } finally {
    trainer.abandon();
    await plan.feed.close();
    await tell(callbacks, "onTrainEnd", { ...event, ...failure });
  }
  return history;
}

type EpochStart = Parameters<NonNullable<Callback["onEpochBegin"]>>[0];

/** One pass over the data; its running means, and whether a callback asked to stop. */
async function runEpoch(
  trainer: Trainer,
  { feed, shuffle, wholeBatch, batches }: FitPlan,
  callbacks: readonly Callback[],
  event: EpochStart,
  signal: AbortSignal | undefined,
): Promise<{ logs: Record<string, number>; stopped: boolean }> {
  const metrics = trainer.startMetrics();
  const running = new RunningMeans(trainer, metrics);
  const listeners = callbacks.filter((callback) => callback.onBatchEnd !== undefined);
  const watch = turnKeeper();
  let [batch, rows] = [0, 0];
  let stopped = false;

  feed.begin(shuffle?.());
  while (!stopped && (wholeBatch || batches === undefined || batch < batches)) {
    const next = feed.next();
    const piece = next instanceof Promise ? await next : next;
    signal?.throwIfAborted();
    if (piece === undefined) break;
    rows += piece.count;
    const total = trainer.accumulate(trainer.door.take(piece), metrics);
    running.add(total.sum, total.weight);
    if (!wholeBatch) {
      running.addPenalty(trainer.step(), total);
      if (listeners.length > 0) {
        stopped = await tell(listeners, "onBatchEnd", { ...event, batch, logs: running.logs() });
        signal?.throwIfAborted();
      }
      batch++;
    }
    if (watch.isDue()) {
      await watch.turn();
      signal?.throwIfAborted();
    }
  }
  expectSome("fit", rows);
  if (wholeBatch) {
    running.addPenalty(trainer.step(), running);
    stopped = await tell(listeners, "onBatchEnd", { ...event, batch, logs: running.logs() });
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
    const names = (this.trainer.options.metrics ?? []).map((metric) => metric.name);
    const measured = names.map((name, i) => [name, this.metrics[i].value()] as const);
    return { loss: (this.sum + this.penalties) / this.weight, ...Object.fromEntries(measured) };
  }
}

/** `verbose`: a line an epoch. */
const printer: Callback = {
  onEpochEnd({ epoch, epochs, logs }) {
    const numbers = Object.entries(logs).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
    console.log(`epoch ${epoch + 1}/${epochs}  ${numbers.join("  ")}`);
  },
};
