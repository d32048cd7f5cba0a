import { fail } from "../../errors.js";
import type { Progress } from "../../model/snapshot.js";

/** @throws the reason of this process's signal, or that another process's was aborted */
export function endBy(signal: AbortSignal | undefined): never {
  signal?.throwIfAborted();
  throw new DOMException("Another process has aborted the training.", "AbortError");
}

/** @throws ChainruleError for a place within an epoch, which is that of the first process alone */
export function expectWholeEpochs({ partial }: Progress): void {
  if (partial === undefined) return;
  const advice = 'Each process was at a place of its own in its data: save with every: "epoch".';
  fail("fit with `resume` and `ownData`", "a checkpoint between two epochs", "one within", advice);
}
