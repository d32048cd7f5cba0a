import type { Exports } from "../simd/exports.js";
import { Heap } from "./heap.js";

/** Bytes that somebody has, wherever they stand now. */
export interface Run {
  address: number;
  readonly bytes: number;
}

/**
 * The memory of one model: a heap of its own, which the engine collects with the model; or, once its products are big
 * enough for threads, runs of the heap that all threads share.
 */
export class ModelMemory {
  private current: Heap | undefined;
  private readonly runs = new Set<Run>();

  /** Where the numbers stand; made when first asked for. */
  get heap(): Heap {
    this.current ??= new Heap(false);
    return this.current;
  }

  /** What views are made of; another object after the memory grew, or the numbers moved. */
  get buffer(): ArrayBufferLike {
    return this.heap.buffer;
  }

  /** The kernels on this memory; nothing where WebAssembly must not be compiled. */
  get exports(): Exports | undefined {
    return this.heap.exports;
  }

  /** Whether threads can reach the numbers. */
  get isShared(): boolean {
    return this.current?.shared === true;
  }

  take(bytes: number): Run {
    const run = { address: this.heap.take(bytes), bytes };
    this.runs.add(run);
    return run;
  }

  give(run: Run): void {
    if (this.runs.delete(run)) this.heap.give(run.address);
  }

  /** Forgets the heap, so that the engine collects it. Nobody may have a run. */
  reset(): void {
    if (this.runs.size === 0) this.current = undefined;
  }

  /** Moves all numbers into a heap that threads can reach. Views that somebody holds stay behind. */
  moveTo(heap: Heap): void {
    const from = this.heap;
    const places = [...this.runs].map((run) => heap.take(run.bytes));
    for (const [i, run] of [...this.runs].entries()) {
      const source = new Uint8Array(from.buffer, run.address, run.bytes);
      new Uint8Array(heap.buffer, places[i], run.bytes).set(source);
      run.address = places[i];
    }
    this.current = heap;
    release.register(this, { heap, runs: this.runs });
  }
}

/** Gives a dead model's runs of the shared heap back. The runs know nothing of their model, or it would never die. */
const release = /* @__PURE__ */ new FinalizationRegistry<{ heap: Heap; runs: ReadonlySet<Run> }>(
  ({ heap, runs }) => {
    for (const run of runs) heap.give(run.address);
  },
);
