import type { ModelMemory } from "../memory/model-memory.js";
import { doTogether, readyThreads } from "../threads/pool.js";
import { type Exports, KERNELS } from "./exports.js";
import { tile } from "./tiles.js";

/** Products with fewer multiply-adds are done before a thread has woken: some ten microseconds of work. */
const LEAST_WORK = 250_000;
/** Loops over fewer numbers, the same. */
const LEAST_NUMBERS = 32_768;
/** Chunks for each thread: more would even out better, and pack operands more often. */
const CHUNKS = 2;

/** In how many chunks a product of so many multiply-adds is computed. */
export function productChunks(memory: ModelMemory, work: number): number {
  if (work < LEAST_WORK) return 1;
  if (memory.isShared) return chunksFor(readyThreads());
  memory.wouldShare();
  return 1;
}

/** In how many chunks a loop over so many numbers runs. */
export function loopChunks(memory: ModelMemory, count: number): number {
  return count < LEAST_NUMBERS || !memory.isShared ? 1 : chunksFor(readyThreads());
}

const chunksFor = (helpers: number): number => (helpers === 0 ? 1 : CHUNKS * (helpers + 1));

/** The places of the arguments of the kernel `product`. */
const PRODUCT = { a: 0, b: 3, c: 6, m: 8, n: 9, scratch: 14 } as const;

/**
 * A product in chunks of its rows, or of its columns where there are more of them; never of the inner side. So every
 * number of the result is computed as by one thread. `values` are the arguments of the kernel `product`.
 */
export function productInChunks(kernels: Exports, chunks: number, values: readonly number[]): void {
  const [, aRow, , , , bCol, , cRow, m, n] = values;
  const { rows, vectors } = tile();
  const steps = values.map(() => 0);
  const byRows = m >= n;
  if (byRows) [steps[PRODUCT.a], steps[PRODUCT.c]] = [aRow, cRow];
  else [steps[PRODUCT.b], steps[PRODUCT.c]] = [bCol, 4];
  doTogether(kernels, {
    ...{ kernel: KERNELS.indexOf("product"), values, steps, chunks },
    countAt: byRows ? PRODUCT.m : PRODUCT.n,
    scratchAt: PRODUCT.scratch,
    unit: byRows ? rows : 4 * vectors,
  });
}

/** A loop in chunks: those of its arguments that are addresses move on, and the one at `countAt` counts. */
export function loopInChunks(
  kernels: Exports,
  name: (typeof KERNELS)[number],
  chunks: number,
  values: readonly number[],
  addresses: readonly number[],
  countAt: number,
): void {
  const steps = values.map((_, i) => (addresses.includes(i) ? 4 : 0));
  doTogether(kernels, {
    ...{ kernel: KERNELS.indexOf(name), values, steps, countAt, chunks },
    scratchAt: -1,
    unit: 16,
  });
}
