import { fail } from "../errors.js";
import type { Accumulator } from "../metrics.js";
import { averagesOf } from "./averages.js";
import { expectFits, stateOf } from "./callback-states.js";
import type { CallbackState } from "./callbacks.js";
import type { FeedPlace } from "./feed.js";
import type { FitPlan } from "./fit-plan.js";
import type { Trainer } from "./trainer.js";
import { expectWeights, readWeights, type Weights, writeWeights } from "./weights.js";

/** What an epoch that is not finished has gathered so far. */
export interface PartialEpoch {
  /** Steps that are finished. */
  readonly batch: number;
  readonly rows: number;
  /** The finished steps when the epoch began, which decides the order of its rows. */
  readonly beganAt: number;
  readonly place: FeedPlace;
  /** Σ loss, Σ weight and Σ penalties, for the running means. */
  readonly means: readonly number[];
  /** What each metric has gathered. */
  readonly metrics: readonly (readonly number[])[];
}

/** Where a training stands, functions aside: with the same code it goes on from here to the same bits. */
export interface Snapshot {
  /** What to validate and to predict with. Where `scalars.averaged` is 1, the weights in training are the slots `average`. */
  readonly weights: Weights;
  /** The names of the parameters that training passes by. */
  readonly frozen: readonly string[];
  readonly optimizer: OptimizerState;
  readonly callbacks: Readonly<Record<string, CallbackState>>;
  readonly progress: Progress;
}

/** Slots of an optimizer by their names, then by those of parameters. */
export interface OptimizerState {
  readonly type: string;
  readonly scalars: Readonly<Record<string, number>>;
  /** The rate, where it is another than the optimizer was made with. */
  readonly learningRate?: number;
  readonly slots: Readonly<Record<string, Weights>>;
}

/** The numbers of a training that are not in matrices. */
export interface Progress {
  /** The random key that comes of the seed. */
  readonly key: readonly number[];
  /** Finished steps of the model. */
  readonly step: number;
  /** The epoch that comes next, or is begun. */
  readonly epoch: number;
  readonly partial?: PartialEpoch;
  /** Where the data stands between two epochs. */
  readonly place: FeedPlace;
  /** How often the validation data was gone through. */
  readonly validations: number;
  /** How the data is cut: it has to be the same within an epoch. */
  readonly cut: string;
  /** Whether a callback ended training. */
  readonly stopped: boolean;
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** The whole state; what it holds is copied, and stays as it is. Its weights are the averages, where there are some. */
export function takeSnapshot(trainer: Trainer, plan: FitPlan, progress: Progress): Snapshot {
  const averages = averagesOf(trainer);
  averages.enter();
  try {
    return copyOf(trainer, plan, progress);
  } finally {
    averages.leave();
  }
}

function copyOf(trainer: Trainer, plan: FitPlan, progress: Progress): Snapshot {
  const { parameters } = trainer.model;
  const { optimizer } = trainer.options;
  const slots: Record<string, Weights> = Object.create(null);
  for (const parameter of parameters) {
    for (const slot of optimizer.slotNames(parameter)) {
      slots[slot] ??= Object.create(null) as Weights;
      slots[slot][parameter.name] = optimizer.slot(parameter, slot).copy();
    }
  }
  const { changedRate: learningRate, type, scalars } = optimizer;
  return {
    weights: readWeights(parameters),
    frozen: parameters.filter(({ trainable }) => !trainable).map(({ name }) => name),
    optimizer: { type, scalars, slots, ...(learningRate !== undefined && { learningRate }) },
    callbacks: stateOf(plan.audience.all),
    progress: { ...progress, history: structuredClone(progress.history) },
  };
}

/**
 * What puts a model and its optimizer where the snapshot says; callbacks are given theirs when they have begun.
 * @throws ChainruleError for a snapshot of another model, optimizer, seed or cut of the data
 */
export function restorer(trainer: Trainer, plan: FitPlan, snapshot: Snapshot): () => void {
  const { model } = trainer;
  const { optimizer } = trainer.options;
  const { parameters } = model;
  const { progress, weights, frozen } = snapshot;
  const { type, scalars, learningRate, slots } = snapshot.optimizer;
  const who = "fit with `resume`";
  if (type !== optimizer.type) fail(who, `the optimizer of the checkpoint, ${type}`, optimizer.type);
  const key = String(model.context.random.key);
  if (String(progress.key) !== key) {
    fail(who, "a model of the same seed as the checkpoint's", "another", "Check `seed`.");
  }
  if (progress.partial !== undefined && progress.cut !== plan.cut) {
    const advice = "It ends in the midst of an epoch: data and batchSize can be changed between two.";
    fail(who, `the data of the checkpoint, ${progress.cut}`, plan.cut, advice);
  }
  const { means, metrics } = progress.partial ?? { means: [0, 0, 0], metrics: trainer.options.metrics ?? [] };
  if (means.length !== 3 || metrics.length !== (trainer.options.metrics ?? []).length) {
    fail(who, "sums for each metric", `${means.length} and ${metrics.length}`, "The file is damaged.");
  }
  expectFits(plan.audience.all, snapshot.callbacks);
  expectWeights(who, parameters, weights);
  const wanted = parameters.flatMap((parameter) =>
    Object.entries(slots).flatMap(([slot, matrices]) => {
      const numbers = matrices[parameter.name];
      return numbers === undefined ? [] : [{ parameter, slot, numbers }];
    }),
  );
  for (const { parameter, slot, numbers } of wanted) {
    const { rows, cols } = parameter.value;
    if (numbers.rows === rows && numbers.cols === cols) continue;
    fail(who, `${slot} of ${JSON.stringify(parameter.name)} to be [${rows} × ${cols}]`, "another size");
  }
  return () => {
    writeWeights(parameters, weights);
    for (const parameter of parameters) parameter.trainable = !frozen.includes(parameter.name);
    optimizer.forget(parameters);
    for (const { parameter, slot, numbers } of wanted) optimizer.slot(parameter, slot).data.set(numbers.data);
    optimizer.scalars = { ...scalars };
    optimizer.changedRate = learningRate;
    model.context.position.step = progress.step;
  };
}

/** @throws ChainruleError for a metric that cannot say what it has gathered */
export function gatheredBy(metrics: readonly Accumulator[], names: readonly string[]): number[][] {
  return metrics.map((metric, i) => {
    if (metric.state !== undefined) return [...metric.state];
    const advice = 'Give it one, or save at the ends of epochs: every: "epoch".';
    return fail("A checkpoint in an epoch", `metrics with a \`state\``, names[i + 1], advice);
  });
}
