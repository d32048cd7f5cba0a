import { type ClassWeight, expectClassWeight, weighByClass } from "../data/class-weight.js";
import { type Batch, type Dataset, isDataset, isOneShot } from "../data/dataset.js";
import { rebatch } from "../data/rebatch.js";
import { describe, fail } from "../errors.js";
import { checkOptions, either, flag, fraction, integer, oneOf, optional, type Rule } from "../options.js";
import type { Callback } from "./callbacks.js";
import { feedOf } from "./evaluate.js";
import { type Feed, MICRO_BATCH, memoryFeed } from "./feed.js";
import type { Trainer } from "./trainer.js";

export interface FitOptions {
  /** How many times to go through the data. Default: 1. */
  epochs?: number;
  /**
   * Rows a step: `"full"` is batch gradient descent, 1 stochastic gradient descent, anything between mini-batch.
   * Default: 32; a dataset's batches as they come; `"full"` with GradientDescent.
   */
  batchSize?: number | "full";
  /** Data to evaluate after each epoch. Default: none. */
  validation?: Batch | Dataset;
  /** The share of rows to keep apart for validation, chosen by the seed before any shuffling. Not for datasets. */
  validationSplit?: number;
  /** Whether rows in memory come in a new, seeded order each epoch. Default: true. */
  shuffle?: boolean;
  /** How much each class counts, by index. Default: 1 each. */
  classWeight?: ClassWeight;
  /** Who is told of the progress, in order. */
  callbacks?: readonly Callback[];
  /** Ends training after the last complete step. */
  signal?: AbortSignal;
  /** The number of the first epoch, from 0. Default: 0. */
  initialEpoch?: number;
  /** How many steps an epoch has. Default: until the data ends. */
  stepsPerEpoch?: number;
  /** Whether to print a line an epoch with console.log. Default: false. */
  verbose?: boolean;
}

/** A call of `fit`, checked and worked out. */
export interface FitPlan {
  readonly feed: Feed;
  /** The order of an epoch's rows, where they are shuffled. */
  readonly shuffle: (() => ArrayLike<number>) | undefined;
  readonly validation: (() => Feed) | undefined;
  /** Whether an epoch is one step. */
  readonly wholeBatch: boolean;
  readonly batches: number | undefined;
  readonly epochs: number;
  readonly initialEpoch: number;
}

const anything: Rule = { expected: "anything", accepts: () => true };
const aborts: Rule = {
  expected: "an AbortSignal",
  accepts: (v) => typeof v === "object" && v !== null && "aborted" in v && "throwIfAborted" in v,
};

/** @throws ChainruleError for anything that `fit` cannot do with this model and data, before it does anything. */
export function planFit(trainer: Trainer, data: Batch | Dataset, options: FitOptions): FitPlan {
  checkOptions("fit", options, {
    epochs: optional(integer(1)),
    batchSize: optional(either(integer(1), oneOf("full"))),
    validation: anything,
    validationSplit: optional(fraction),
    shuffle: optional(flag),
    classWeight: anything,
    callbacks: anything,
    signal: optional(aborts),
    initialEpoch: optional(integer(0)),
    stepsPerEpoch: optional(integer(1)),
    verbose: optional(flag),
  });
  const { epochs = 1, initialEpoch = 0, stepsPerEpoch, classWeight, validationSplit = 0 } = options;
  if (classWeight !== undefined) expectClassWeight("fit", classWeight);
  const batchSize = batchSizeOf(trainer, options, isDataset(data));
  const wholeBatch = batchSize === "full";
  if (wholeBatch && stepsPerEpoch !== undefined) {
    fail(
      "fit",
      'no `stepsPerEpoch` with batchSize "full", which steps once an epoch',
      describe(stepsPerEpoch),
    );
  }
  const size = wholeBatch ? MICRO_BATCH : batchSize;
  const validation = options.validation;
  const validate = validation && (() => feedOf(trainer, "fit validation", validation, MICRO_BATCH));
  if (validation !== undefined) {
    if (validationSplit > 0) fail("fit", "`validation` or `validationSplit`", "both");
    if (!isDataset(validation)) validate?.();
    else expectRepeatable("validation", validation, epochs - initialEpoch);
  }
  const plan = { wholeBatch, epochs, initialEpoch };
  if (isDataset(data)) {
    if (validationSplit > 0)
      fail("fit", "data in memory for `validationSplit`", "a dataset", "Give `validation`.");
    if (stepsPerEpoch === undefined) expectRepeatable("data", data, epochs - initialEpoch);
    const batched = wholeBatch || options.batchSize === undefined ? data : rebatch(data, size);
    const cut = wholeBatch ? MICRO_BATCH : Number.POSITIVE_INFINITY;
    const feed = feedOf(trainer, "fit", batched, cut, classWeight);
    return {
      ...plan,
      feed,
      shuffle: undefined,
      validation: validate,
      batches: wholeBatch ? 1 : stepsPerEpoch,
    };
  }
  return { ...plan, ...planMemory(trainer, data, options, size, wholeBatch, validate) };
}

function planMemory(
  trainer: Trainer,
  data: Batch,
  { validationSplit = 0, shuffle = true, classWeight, stepsPerEpoch }: FitOptions,
  size: number,
  wholeBatch: boolean,
  validate: (() => Feed) | undefined,
): Pick<FitPlan, "feed" | "shuffle" | "validation" | "batches"> {
  const whole = trainer.expect("fit", data);
  const { random, position } = trainer.model.context;
  const rows = whole.x.rows;
  const kept = Math.floor(rows * validationSplit);
  if (rows === 0) fail("fit", "at least one row of data", "none");
  if (validationSplit > 0 && kept === 0) {
    fail(
      "fit",
      "`validationSplit` to leave at least one row for validation",
      `${validationSplit} of ${rows} rows`,
    );
  }
  const order = kept === 0 ? undefined : random.child("split").permutation(rows);
  const validation =
    order === undefined ? validate : () => memoryFeed(pick(whole, order.subarray(0, kept)), MICRO_BATCH);
  const chosen = order === undefined ? whole : pick(whole, order.slice(kept).sort());
  const train = classWeight === undefined ? chosen : weighByClass(chosen, classWeight);
  if (train.sampleWeight?.data.every((w) => w === 0))
    fail("fit", "rows of a weight above 0", "only weights of 0");

  const feed = memoryFeed(train, size);
  const shuffled = () => random.child("shuffle").permutation(train.x.rows, position.step);
  const batches = wholeBatch
    ? 1
    : Math.min(stepsPerEpoch ?? Number.POSITIVE_INFINITY, Math.ceil(train.x.rows / size));
  return { feed, validation, batches, shuffle: shuffle && !wholeBatch ? shuffled : undefined };
}

function pick({ x, y, sampleWeight }: Batch, rows: ArrayLike<number>): Batch {
  const part = { x: x.gather(rows), y: y.gather(rows) };
  return sampleWeight === undefined ? part : { ...part, sampleWeight: sampleWeight.gather(rows) };
}

function batchSizeOf(trainer: Trainer, { batchSize }: FitOptions, stream: boolean): number | "full" {
  const { optimizer } = trainer.options;
  if (optimizer.batches === "full" && typeof batchSize === "number") {
    const advice = "Use SGD for mini-batches.";
    fail(`fit with ${optimizer.type}`, 'batchSize "full", all rows for each step', String(batchSize), advice);
  }
  if (optimizer.batches === "full") return "full";
  return batchSize ?? (stream ? Number.POSITIVE_INFINITY : 32);
}

function expectRepeatable(what: string, data: Dataset, epochs: number): void {
  if (epochs > 1 && isOneShot(data)) {
    const advice =
      "Give an object whose [Symbol.iterator] or [Symbol.asyncIterator] starts anew, or set stepsPerEpoch.";
    fail("fit", `${what} that can be gone through ${epochs} times`, "a one-shot iterator", advice);
  }
}
