import type { Collective } from "../distributed/collective.js";
import type { Shards } from "../distributed/shards.js";
import type { Total } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Rows } from "./door.js";
import type { FitOptions } from "./fit-options.js";
import type { FitPlan } from "./fit-plan.js";
import type { Sequential } from "./sequential.js";
import type { Snapshot } from "./snapshot.js";
import type { Trainer } from "./trainer.js";

/** Processes that can train a model together: `await mpi()` of `chainrule/mpi`. */
export interface Distribution extends Collective {
  /** Makes a team of them for one training. @throws ChainruleError for options that do not fit them */
  teamFor(model: Sequential<string>, options: FitOptions): Team;
}

/** What metrics look at. */
export interface Measured {
  readonly prediction: Matrix;
  readonly target: Matrix;
  readonly weight: Matrix | undefined;
}

/** What was added up over the shards of all processes. */
export interface Sums extends Total {
  readonly rows: number;
}

/** The processes that train a model together, as one of them sees it: which rows are its own, and the sums over all. */
export interface Team extends Shards {
  readonly collective: Collective;
  /** The own rows' place in the step's batch. */
  readonly offset: number;
  /** No rows, for a process whose own data has ended before that of others. */
  readonly idle: Rows | undefined;
  /** How many rows this process brings to a step, where each brings its own; 0 where all have the same. */
  readonly share: number;

  /** Takes the model's gradients to where they are added up. */
  enter(): void;
  /** Takes them back, and gives the memory back. */
  leave(): void;
  /** @throws ChainruleError on every rank where one of them would train otherwise */
  expectSameTraining(trainer: Trainer, plan: FitPlan): void;
  /** @throws ChainruleError on every rank where the weights of one are no more those of the others */
  expectSameWeights(epoch: number): void;

  /** @throws ChainruleError on every rank where what was saved is a place in data that each has of its own */
  expectResumable(snapshot: Snapshot): void;

  /** Forgets the sums of the last step: what comes next is `what`, such as "step 12", for who has to say where a rank waits. */
  begin(what: string): void;
  /** The own rows of a piece of the step's batch, or of the data to validate with, which all have. */
  cut(piece: Rows, isTraining: boolean): Rows;
  /** The loss of the own rows, shard by shard. */
  addUp(lossOf: (start: number, count: number) => Total): Total;
  /** Adds to the loss what is not of a single shard. */
  addPenalty(penalty: number): void;
  /** The predictions of all processes, in the order of the batch. */
  exchange(own: Measured): Measured;
  /** grad = Σ over all shards of theirs, and the sums. @throws in every process where the signal of one was aborted */
  reduce(): Sums;
  /** The sums over all shards. */
  total(): Sums;

  /** Whether it is so for one of the processes. */
  any(isSo: boolean): boolean;
  /** Work that throws the same error in each process, or in none. */
  agree<T>(work: () => T): T;
  /** Ends all processes for an error that the others do not know: they would wait for this one. */
  abort(error: unknown): void;
}
