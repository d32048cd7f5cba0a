import type { ModelMemory } from "../memory/model-memory.js";
import { awaitThreads, give, readyThreads, valuesFor } from "../threads/pool.js";
import type { Exports, KERNELS } from "./exports.js";
import { tile } from "./tiles.js";

type Kernel = (typeof KERNELS)[number];
type Call = (...values: readonly number[]) => void;

/** Products with fewer multiply-adds are done before a thread has woken: some ten microseconds of work. */
const LEAST_WORK = 250_000;
/** Loops over fewer numbers, the same. */
const LEAST_NUMBERS = 32_768;

/** In how many parts a product of so many multiply-adds is computed. */
export function productParts(memory: ModelMemory, work: number): number {
  if (work < LEAST_WORK) return 1;
  if (memory.isShared) return readyThreads() + 1;
  memory.wouldShare();
  return 1;
}

/** In how many parts a loop over so many numbers runs. */
export function loopParts(memory: ModelMemory, count: number): number {
  return count < LEAST_NUMBERS || !memory.isShared ? 1 : readyThreads() + 1;
}

/** Where part `part` of `parts` begins: they are as even as multiples of `unit` can be. */
function beginOf(part: number, parts: number, length: number, unit: number): number {
  return part === parts ? length : Math.min(length, Math.round((part * length) / parts / unit) * unit);
}

/** Parts 1 and on go to threads, part 0 is the caller's own. */
function share(kernels: Exports, kernel: Kernel, parts: number, valuesOf: (part: number) => number[]): void {
  for (let part = 1; part < parts; part++) {
    valuesFor(part).set(valuesOf(part));
    give(part, kernel);
  }
  try {
    (kernels[kernel] as Call)(...valuesOf(0));
  } finally {
    awaitThreads(parts - 1);
  }
}

/**
 * A product in parts: of its rows, or of its columns where there are more of them; never of the inner side. So every
 * number of the result is computed as by one thread. `values` are the arguments of the kernel `product`.
 */
export function productInParts(
  memory: ModelMemory,
  kernels: Exports,
  parts: number,
  values: readonly number[],
): void {
  const [a, aRow, , b, , bCol, c, cRow, m, n] = values;
  const { rows, vectors } = tile();
  const scratch = Array.from({ length: parts }, (_, part) => memory.heap.scratch(kernels, part));
  share(kernels, "product", parts, (part) => {
    const mine = [...values];
    mine[14] = scratch[part];
    if (m >= n) {
      const begin = beginOf(part, parts, m, rows);
      [mine[0], mine[6]] = [a + begin * aRow, c + begin * cRow];
      mine[8] = beginOf(part + 1, parts, m, rows) - begin;
    } else {
      const begin = beginOf(part, parts, n, 4 * vectors);
      [mine[3], mine[6]] = [b + begin * bCol, c + 4 * begin];
      mine[9] = beginOf(part + 1, parts, n, 4 * vectors) - begin;
    }
    return mine;
  });
}

/** A loop in parts: those of its arguments that are addresses move on, and the one at `countAt` is the part's count. */
export function loopInParts(
  kernels: Exports,
  kernel: Kernel,
  parts: number,
  values: readonly number[],
  addresses: readonly number[],
  countAt: number,
): void {
  const count = values[countAt];
  share(kernels, kernel, parts, (part) => {
    const begin = beginOf(part, parts, count, 16);
    const mine = [...values];
    for (const i of addresses) mine[i] += 4 * begin;
    mine[countAt] = beginOf(part + 1, parts, count, 16) - begin;
    return mine;
  });
}
