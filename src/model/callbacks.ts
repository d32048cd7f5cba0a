import { describe, didYouMean, fail } from "../errors.js";
import type { Sequential } from "./sequential.js";

/** What every callback is told. */
export interface TrainEvent {
  readonly model: Sequential<string>;
  /** One more than the number of the last epoch. */
  readonly epochs: number;
  /** Steps in an epoch, where that is known. */
  readonly batches: number | undefined;
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
  /** The running means of the epoch so far, by name. */
  readonly logs: Readonly<Record<string, number>>;
}

export interface EpochEndEvent extends EpochEvent {
  /** What was measured in the epoch, validation included, by name. */
  readonly logs: Readonly<Record<string, number>>;
}

export interface TrainEndEvent extends TrainEvent {
  /** Why training ended, if it was not finished or stopped. */
  readonly error?: unknown;
}

/** Returning or resolving `"stop"` ends training after this step or epoch. */
// biome-ignore lint/suspicious/noConfusingVoidType: a callback may return nothing
type Reply = void | "stop" | Promise<void | "stop">;

/** Looks at training while it runs. Called in list order, awaited. */
export interface Callback {
  onTrainBegin?(event: TrainEvent): Reply;
  onEpochBegin?(event: EpochEvent): Reply;
  onBatchEnd?(event: BatchEvent): Reply;
  /** After the validation. */
  onEpochEnd?(event: EpochEndEvent): Reply;
  /** Always, with the error if there is one. */
  onTrainEnd?(event: TrainEndEvent): Reply;
}

const moments = ["onTrainBegin", "onEpochBegin", "onBatchEnd", "onEpochEnd", "onTrainEnd"] as const;

/** @throws ChainruleError unless every callback is an object with functions under known names. */
export function expectCallbacks(callbacks: readonly Callback[]): readonly Callback[] {
  if (!Array.isArray(callbacks)) fail("fit", "`callbacks` to be an array", describe(callbacks));
  for (const callback of callbacks) {
    if (typeof callback !== "object" || callback === null) {
      fail("fit", "callbacks that are objects", describe(callback), "Call the factory: earlyStopping().");
    }
    for (const name in callback) {
      const known = (moments as readonly string[]).includes(name);
      if (/^on[A-Z]/.test(name) && !known) fail("fit", "known callbacks", name, didYouMean(name, moments));
    }
  }
  return callbacks;
}

/** Tells all callbacks, in order; true if one of them asked to stop. */
export async function tell<E>(
  callbacks: readonly Callback[],
  moment: (typeof moments)[number],
  event: E,
): Promise<boolean> {
  let stop = false;
  for (const callback of callbacks) {
    const listener = callback[moment] as ((event: E) => Reply) | undefined;
    const reply = listener?.call(callback, event);
    if ((reply instanceof Promise ? await reply : reply) === "stop") stop = true;
  }
  return stop;
}
