import type { Batch, Dataset } from "../data/dataset.js";
import type { Collective } from "../distributed/collective.js";
import { describe, didYouMean, fail } from "../errors.js";
import type { Sequential } from "./sequential.js";
import type { Snapshot } from "./snapshot.js";
import type { Weights } from "./weights.js";

/** What every callback is told. */
export interface TrainEvent {
  readonly model: Sequential<string>;
  /** One more than the number of the last epoch. */
  readonly epochs: number;
  /** Steps in an epoch, where that is known. */
  readonly batches: number | undefined;
  /** The data that is validated with, or the rows that were kept apart for it. It is the trainer's: only to look at. */
  readonly validation?: Batch | Dataset | undefined;
  /** What was measured so far: a number an epoch, by name. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

export interface EpochEvent extends TrainEvent {
  /** From 0. */
  readonly epoch: number;
}

export interface BatchEvent extends EpochEvent {
  /** The step's number within the epoch, from 0. */
  readonly batch: number;
  /** Rows that were trained on so far in the epoch. */
  readonly rows: number;
  /** The running means of the epoch so far, by name. */
  readonly logs: Readonly<Record<string, number>>;
}

export interface EpochEndEvent extends EpochEvent {
  /** Rows that were trained on in the epoch. */
  readonly rows: number;
  /** What was measured in the epoch, validation included, by name. */
  readonly logs: Readonly<Record<string, number>>;
}

export interface TrainEndEvent extends TrainEvent {
  /** Why training ended, if it was not finished or stopped. */
  readonly error?: unknown;
}

/** A moment at which training may stop and go on another day: a step or an epoch is finished, and everybody was told. */
export interface SafePointEvent extends EpochEvent {
  /** Steps that are finished in the epoch; 0 when it is over, and `epoch` is the next. */
  readonly batch: number;
  /** Finished steps of the model. */
  readonly step: number;
  /** Whether training ends here. */
  readonly isLast: boolean;
  /** What was measured in the epoch that is over. */
  readonly logs: Readonly<Record<string, number>>;
  /** A copy of the whole state. */
  snapshot(): Snapshot;
}

/** What a callback remembers from epoch to epoch: numbers and matrices by name. */
export interface CallbackState {
  readonly numbers: Readonly<Record<string, number>>;
  readonly weights?: Weights;
}

/** Returning or resolving `"stop"` ends training after this step or epoch. */
// biome-ignore lint/suspicious/noConfusingVoidType: a callback may return nothing
type Reply = void | "stop" | Promise<void | "stop">;

/** Looks at training while it runs. Called in list order, awaited. */
export interface Callback {
  /** What a checkpoint calls it, where it has a state. */
  readonly name?: string;
  /**
   * Whether, where training is distributed, the first process alone tells it of the progress: for who writes files or shows
   * something. Default: false, every process does.
   */
  readonly firstRankOnly?: boolean;
  /** What it remembers: written into checkpoints, and set after `onTrainBegin` when training is resumed. */
  state?: CallbackState | undefined;
  /**
   * The state of the training that `fit` was asked to resume; nothing if none was saved there. The `collective` of a
   * distributed training is for who reads it in one process and brings it to all.
   */
  resume?(folder: string, collective?: Collective): Promise<Snapshot | undefined>;
  onTrainBegin?(event: TrainEvent): Reply;
  onEpochBegin?(event: EpochEvent): Reply;
  onBatchEnd?(event: BatchEvent): Reply;
  /** After the validation. */
  onEpochEnd?(event: EpochEndEvent): Reply;
  /** After each step and each epoch, when all callbacks were told of it. */
  onSafePoint?(event: SafePointEvent): Reply;
  /** Always, with the error if there is one. */
  onTrainEnd?(event: TrainEndEvent): Reply;
}

const moments = [
  "onTrainBegin",
  "onEpochBegin",
  "onBatchEnd",
  "onEpochEnd",
  "onSafePoint",
  "onTrainEnd",
] as const;

/** When callbacks are told something. */
export type Moment = (typeof moments)[number];

/** @throws ChainruleError unless every callback is an object with functions under known names. */
export function expectCallbacks(callbacks: readonly Callback[]): void {
  if (!Array.isArray(callbacks)) fail("fit", "`callbacks` to be an array", describe(callbacks));
  for (const callback of callbacks) {
    if (typeof callback !== "object" || callback === null) {
      fail("fit", "callbacks that are objects", describe(callback), "Call the factory: earlyStopping().");
    }
    for (const name of namesOf(callback)) {
      const known = (moments as readonly string[]).includes(name);
      if (!known && /^on[A-Z]/.test(name)) {
        fail("fit", `callbacks with ${moments.join(", ")}`, name, didYouMean(name, moments));
      }
      const listener: unknown = known ? callback[name as keyof Callback] : undefined;
      if (listener !== undefined && typeof listener !== "function") {
        fail("fit", `\`${name}\` of a callback to be a function`, describe(listener));
      }
    }
  }
}

/** All names that an object knows, those of its class too, which a loop over its keys would not find. */
function namesOf(object: object): readonly string[] {
  const parent = Object.getPrototypeOf(object);
  const own = Object.getOwnPropertyNames(object);
  return parent === null || parent === Object.prototype ? own : [...own, ...namesOf(parent)];
}

/** Tells all callbacks, in order; true if one of them asked to stop. */
export async function tell<E>(callbacks: readonly Callback[], moment: Moment, event: E): Promise<boolean> {
  let stop = false;
  for (const callback of callbacks) {
    const listener = callback[moment] as ((event: E) => Reply) | undefined;
    const reply = listener?.call(callback, event);
    // A promise may come from another realm: what has `then` is one.
    if ((typeof reply === "object" && reply !== null && "then" in reply ? await reply : reply) === "stop")
      stop = true;
  }
  return stop;
}
