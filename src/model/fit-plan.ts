import { type ClassWeight, expectClassWeight, weighByClass } from "../data/class-weight.js";
import { type Batch, type Dataset, isDataset } from "../data/dataset.js";
import { rebatch } from "../data/rebatch.js";
import { fail } from "../errors.js";
import { Audience } from "./audience.js";
import type { Callback } from "./callbacks.js";
import { expectShareable, expectSummable } from "./coupled-rows.js";
import { feedOf } from "./evaluate.js";
import { expectRows, type Feed, MICRO_BATCH, memoryFeed, streamFeed } from "./feed.js";
import type { FitOptions } from "./fit-options.js";
import type { Team } from "./team.js";
import type { Trainer } from "./trainer.js";

/** Where the rows of a training come from. */
interface Source {
  readonly feed: Feed;
  /** Steps in an epoch, where that is known. */
  readonly batches: number | undefined;
  /** How the data is cut, in words. */
  readonly cut: string;
  /** The order of an epoch's rows, where they are shuffled: by the count of finished steps when it begins. */
  readonly shuffle?: (step: number) => ArrayLike<number>;
  readonly validation?: Feed;
  /** What the validation's rows are of. */
  readonly held?: Batch | Dataset;
}

/** A call of `fit`, worked out. */
export interface FitPlan extends Source {
  /** Whether an epoch is one step. */
  readonly wholeBatch: boolean;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly audience: Audience;
  /** The processes that train together, if there are several, or could be. */
  readonly team: Team | undefined;
  readonly signal: AbortSignal | undefined;
  /** A folder to go on from, where something was saved there. */
  readonly resume: string | undefined;
}

/** @throws ChainruleError for anything that `fit` cannot do with this model and data, before it does anything. */
export function planFit(trainer: Trainer, data: Batch | Dataset, options: FitOptions): FitPlan {
  const { epochs = 1, initialEpoch = 0, stepsPerEpoch, classWeight, validation, signal, resume } = options;
  const batchSize = batchSizeOf(trainer, options);
  const wholeBatch = batchSize === "full";
  if (wholeBatch && stepsPerEpoch !== undefined) {
    const expected = 'no `stepsPerEpoch` with batchSize "full", which steps once an epoch';
    fail("fit", expected, String(stepsPerEpoch));
  }
  const team = teamOf(trainer, options);
  if (wholeBatch && !options.microBatchStatistics) expectSummable(trainer, data);
  if (team !== undefined && !options.microBatchStatistics) expectShareable(trainer);
  if (classWeight !== undefined) {
    expectClassWeight("fit", classWeight, Math.max(2, trainer.model.outputSize));
  }
  const callbacks = [...(options.callbacks ?? []), ...(options.verbose ? [printer] : [])];
  const audience = new Audience(callbacks, team);
  const plan = { wholeBatch, epochs, initialEpoch, audience, signal, resume, team };
  const given =
    validation === undefined
      ? {}
      : { validation: feedOf(trainer, "fit validation", validation), held: validation };
  const size = team?.share || batchSize; // 0 where processes have the same data
  const source = isDataset(data)
    ? planDataset(trainer, data, size, options)
    : planMemory(trainer, data, size, options);
  if (!options.ownData) return { ...plan, ...source, ...given };
  return { ...plan, ...source, ...given, batches: stepsPerEpoch, cut: `${source.cut}, of its own` };
}

type BatchSize = number | "full" | undefined;

/** A dataset's batches as they come, or in others of the given size. */
function planDataset(trainer: Trainer, data: Dataset, batchSize: BatchSize, options: FitOptions): Source {
  const { classWeight, stepsPerEpoch } = options;
  const read = (batch: Batch) => weigh(trainer, trainer.expect("fit", batch), classWeight);
  const cut = `a dataset in ${batchSize ?? "its own"} rows a step`;
  if (batchSize === "full") return { feed: streamFeed(data, MICRO_BATCH, read), cut, batches: 1 };
  // Batches can be cut into single rows as they are.
  const asTheyAre = batchSize === undefined || batchSize === 1;
  const feed = asTheyAre
    ? streamFeed(data, batchSize ?? Number.POSITIVE_INFINITY, read)
    : streamFeed(rebatch(data, batchSize, read), batchSize, (batch) => batch);
  return { feed, cut, batches: stepsPerEpoch };
}

/** Rows in memory: some kept apart for validation where they are wanted, the others shuffled each epoch. */
function planMemory(trainer: Trainer, data: Batch, batchSize: BatchSize = 32, options: FitOptions): Source {
  const { classWeight, validationSplit = 0, shuffle = true, stepsPerEpoch } = options;
  const { random } = trainer.model.context;
  const [train, kept] = split(trainer.expect("fit", data), validationSplit, (rows) =>
    random.child("split").permutation(rows),
  );
  const weighed = expectRows("fit", weigh(trainer, train, classWeight));
  const size = batchSize === "full" ? MICRO_BATCH : batchSize;
  const feed = memoryFeed(weighed, size);
  const cut = `${train.x.rows} rows, ${batchSize} a step, ${shuffle ? "shuffled" : "in order"}`;
  const validation = kept && {
    validation: memoryFeed(expectRows("fit validation", kept), MICRO_BATCH),
    held: kept,
  };
  if (batchSize === "full") return { feed, cut, batches: 1, ...validation };

  const batches = Math.ceil(train.x.rows / size);
  if (stepsPerEpoch !== undefined && stepsPerEpoch > batches) {
    fail("fit", `\`stepsPerEpoch\` of at most ${batches}, the batches there are`, String(stepsPerEpoch));
  }
  const order = (step: number) => random.child("shuffle").permutation(train.x.rows, step);
  return { feed, cut, batches: stepsPerEpoch ?? batches, ...validation, ...(shuffle && { shuffle: order }) };
}

/** The rows to train on, in their order, and those to keep apart, where there are any. */
function split(
  whole: Batch,
  share: number,
  permutation: (rows: number) => Uint32Array,
): readonly [Batch, Batch?] {
  if (share === 0) return [whole];
  const { rows } = whole.x;
  const kept = Math.floor(rows * share);
  if (kept === 0) {
    const expected = "`validationSplit` to leave at least one row for validation";
    fail("fit", expected, `${share} of ${rows} rows`);
  }
  const order = permutation(rows);
  return [pick(whole, order.slice(kept).sort()), pick(whole, order.subarray(0, kept))];
}

function pick({ x, y, sampleWeight }: Batch, rows: ArrayLike<number>): Batch {
  const part = { x: x.gather(rows), y: y.gather(rows) };
  return sampleWeight === undefined ? part : { ...part, sampleWeight: sampleWeight.gather(rows) };
}

function weigh({ options: { loss } }: Trainer, batch: Batch, classWeight: ClassWeight | undefined): Batch {
  return classWeight === undefined ? batch : weighByClass("fit", batch, classWeight, loss);
}

function batchSizeOf(trainer: Trainer, { batchSize }: FitOptions): BatchSize {
  const { optimizer } = trainer.options;
  if (optimizer.batches === "full" && typeof batchSize === "number") {
    const advice = "Use SGD for mini-batches.";
    fail(`fit with ${optimizer.type}`, 'batchSize "full", all rows for each step', String(batchSize), advice);
  }
  return optimizer.batches === "full" ? "full" : batchSize;
}

/** @throws ChainruleError for what goes with `distribute` alone */
function teamOf({ model }: Trainer, options: FitOptions): Team | undefined {
  const { distribute, shards, ownData } = options;
  if (distribute !== undefined) return distribute.teamFor(model, options);
  const name = shards !== undefined ? "shards" : "ownData";
  if (shards !== undefined || ownData)
    fail("fit", `\`distribute\` beside \`${name}\``, "none", "Give it await mpi().");
  return undefined;
}

/** `verbose`: a line an epoch. */
const printer: Callback = {
  firstRankOnly: true,
  onEpochEnd({ epoch, epochs, logs }) {
    const numbers = Object.entries(logs).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
    console.log(`epoch ${epoch + 1}/${epochs}  ${numbers.join("  ")}`);
  },
};
