import type { ClassWeight } from "../data/class-weight.js";
import { type Batch, type Dataset, isDataset, isOneShot } from "../data/dataset.js";
import { fail } from "../errors.js";
import {
  anything,
  checkOptions,
  either,
  flag,
  fraction,
  integer,
  oneOf,
  optional,
  type Rule,
  text,
} from "../options.js";
import { type Callback, expectCallbacks } from "./callbacks.js";
import type { Distribution } from "./team.js";

export interface FitOptions {
  /** How many times to go through the data. Default: 1. */
  epochs?: number;
  /**
   * Rows a step: `"full"` is batch gradient descent, 1 stochastic gradient descent, anything between mini-batch.
   * Default: 32; a dataset's batches as they come; `"full"` with GradientDescent.
   */
  batchSize?: number | "full";
  /**
   * With `"full"`: whether layers and losses that look across the rows of a batch may do so within pieces of 512 rows,
   * in which the batch is worked on. Default: false, they are refused.
   */
  microBatchStatistics?: boolean;
  /** Data to evaluate after each epoch. Default: none. */
  validation?: Batch | Dataset;
  /** The share of rows to keep apart for validation, chosen by the seed before any shuffling. Not for datasets. */
  validationSplit?: number;
  /** Whether rows come in a new, seeded order each epoch. Default: true; datasets come as they are. */
  shuffle?: boolean;
  /** How much each class counts, by index; of targets of 1 and −1 the latter is class 0. Default: 1 each. */
  classWeight?: ClassWeight;
  /** Who is told of the progress, in order. */
  callbacks?: readonly Callback[];
  /** Ends training after the last complete step. */
  signal?: AbortSignal;
  /** The number of the first epoch, from 0. Default: 0. */
  initialEpoch?: number;
  /**
   * A folder of checkpoints: training goes on from the newest, to the same bits as if it had never stopped; from the
   * start where there is none. It needs checkpoint(folder) among the callbacks.
   */
  resume?: string;
  /** How many steps an epoch has: the next epoch of a dataset goes on from there. Default: until the data ends. */
  stepsPerEpoch?: number;
  /**
   * The processes that train together, `await mpi()` of `chainrule/mpi`: every one runs the same program and calls `fit`
   * with the same options. `batchSize` is that of all. Default: this process alone.
   */
  distribute?: Distribution;
  /**
   * In how many parts each batch is cut where processes train together; a multiple of their number. What is summed over
   * rows is summed part by part, and so is the same for any number of processes. Default: 4, or, if they cannot share
   * those evenly, one for each.
   */
  shards?: number;
  /**
   * Whether the data of each process is a part of its own, such as its files; if not, all have the same data, and each
   * works on its part of every batch. The validation data is the same in all. Default: false.
   */
  ownData?: boolean;
  /** Whether to print a line an epoch with console.log. Default: false. */
  verbose?: boolean;
}

const aborts: Rule = {
  expected: "an AbortSignal",
  accepts: (v) => typeof v === "object" && v !== null && "aborted" in v && "throwIfAborted" in v,
};

const together: Rule = {
  expected: "what mpi() resolves to",
  accepts: (v) => typeof v === "object" && v !== null && "teamFor" in v,
};

/** @throws ChainruleError for options that no model could be trained with, before the data is looked at. */
export function expectFitOptions(data: Batch | Dataset, options: FitOptions): void {
  checkOptions("fit", options, {
    epochs: optional(integer(1)),
    batchSize: optional(either(integer(1), oneOf("full"))),
    microBatchStatistics: optional(flag),
    validation: anything,
    validationSplit: optional(fraction),
    shuffle: optional(flag),
    classWeight: anything,
    callbacks: anything,
    signal: optional(aborts),
    initialEpoch: optional(integer(0)),
    resume: optional(text),
    stepsPerEpoch: optional(integer(1)),
    distribute: optional(together),
    shards: optional(integer(1)),
    ownData: optional(flag),
    verbose: optional(flag),
  });
  const { epochs = 1, initialEpoch = 0, stepsPerEpoch, validation, validationSplit = 0 } = options;
  if (options.callbacks !== undefined) expectCallbacks(options.callbacks);
  if (options.resume !== undefined) {
    if (initialEpoch > 0) fail("fit", "`initialEpoch` or `resume`", "both");
    if (!options.callbacks?.some((callback) => callback.resume !== undefined)) {
      fail("fit with `resume`", "a callback that can read it", "none", "Add checkpoint(folder).");
    }
  }
  if (validation !== undefined && validationSplit > 0)
    fail("fit", "`validation` or `validationSplit`", "both");
  if (isDataset(validation)) expectRepeatable("validation", validation, epochs - initialEpoch);
  if (!isDataset(data)) return;
  if (stepsPerEpoch === undefined) expectRepeatable("data", data, epochs - initialEpoch);
  if (options.shuffle) {
    fail("fit", "data in memory for `shuffle`", "a dataset", "Shuffle its batches where they are made.");
  }
  if (validationSplit > 0) {
    fail("fit", "data in memory for `validationSplit`", "a dataset", "Give `validation`.");
  }
}

function expectRepeatable(what: string, data: Dataset, epochs: number): void {
  if (epochs > 1 && isOneShot(data)) {
    const advice =
      "Give an object whose [Symbol.iterator] or [Symbol.asyncIterator] starts anew, or set stepsPerEpoch.";
    fail("fit", `${what} that can be gone through ${epochs} times`, "a one-shot iterator", advice);
  }
}
