import type { KernelInfo } from "chainrule";

type Checksums = Readonly<Record<string, number>>;

/** What scripts/train.mjs prints. */
export interface Training {
  readonly kernels: KernelInfo;
  readonly runs: readonly {
    readonly threads: number;
    /** How many threads beside the caller's were there. */
    readonly helpers: number;
    readonly checksums: Checksums;
  }[];
}

/** The runs that are expected where every number of threads gives these checksums. */
export const runsOf = (threads: readonly number[], checksums: Checksums): Training["runs"] =>
  threads.map((count) => ({ threads: count, helpers: count - 1, checksums }));

/** The models that need arithmetic alone: their bits do not depend on the set of kernels. */
export const plain = ["plainSGD", "plainAdam"];
