import type { Floats } from "../kernels/kernels.js";

/**
 * Processes that work as one. Every rank makes the same calls in the same order, with runs of the same length; each call
 * returns when all have made it. Blocking on purpose: there is nothing to do meanwhile.
 */
export interface Collective {
  /** Which of the processes this is, from 0. */
  readonly rank: number;
  /** How many processes there are. */
  readonly size: number;
  /** What has to be the same on every rank beside the training, such as versions. Compared before the first step. */
  readonly about?: string;
  /** numbers = Σ over the ranks of theirs, in place and the same bits on each. */
  allReduceSum(numbers: Floats): void;
  /** data = that of `root`, in place. */
  broadcast(data: Floats | Uint8Array, root: number): void;
  /** Waits until every rank is here. */
  barrier(): void;
  /** Ends every process of the job, and says why. */
  abort(error: unknown): never;
  /** Told what comes next, such as "step 12", for who has to say where a rank waits. */
  during?(what: string): void;
}
