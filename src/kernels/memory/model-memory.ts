import { engineVersion } from "../simd/engine.js";
import type { Exports } from "../simd/exports.js";
import { Heap } from "./heap.js";

/** A model moves to the threads' memory once so many of its products would have been worth it: not for a step or two. */
const WORTH_MOVING = 16;

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
  private loaded: Exports | undefined;
  private version = -1; // of the engine, when they were loaded
  /** As large as what the model has of shared memory, which the collector does not see: so it knows what a model weighs. */
  ballast: ArrayBuffer | undefined;
  private wishes = 0; // how many products would have been worth threads

  /** @param current a heap that others use, too. Default: one of its own */
  constructor(current?: Heap) {
    this.current = current;
  }

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
    if (this.version !== engineVersion()) {
      this.loaded = this.heap.exports;
      this.version = engineVersion();
    }
    return this.loaded;
  }

  /** How large its heap has grown. */
  get bytes(): number {
    return this.current?.buffer.byteLength ?? 0;
  }

  /** Whether threads can reach the numbers. */
  get isShared(): boolean {
    return this.current?.shared === true;
  }

  /** Zeros, or anything if `zeroed` is false. */
  take(bytes: number, zeroed = true): Run {
    const run = { address: this.heap.take(bytes, zeroed), bytes };
    this.runs.add(run);
    return run;
  }

  give(run: Run): void {
    if (this.runs.delete(run)) this.heap.give(run.address);
  }

  /** Forgets the heap, so that the engine collects it. Nobody may have a run. */
  reset(): void {
    if (this.runs.size > 0) return;
    this.current = undefined;
    this.loaded = undefined;
    this.version = -1;
  }

  /** A product was big enough for threads, and could not have them. */
  wouldShare(): void {
    this.wishes++;
  }

  /** Whether it is time to move to where threads are. */
  get wantsToShare(): boolean {
    return this.wishes >= WORTH_MOVING;
  }

  /** Moves all numbers into a heap that threads can reach, if it has room. Views that somebody holds stay behind. */
  moveTo(heap: Heap): void {
    this.wishes = Number.NEGATIVE_INFINITY; // once and for all
    const runs = [...this.runs];
    const places: number[] = [];
    let ballast: ArrayBuffer;
    try {
      ballast = new ArrayBuffer(runs.reduce((sum, { bytes }) => sum + bytes, 0));
      for (const { bytes } of runs) places.push(heap.take(bytes, false));
    } catch {
      for (const place of places) heap.give(place);
      return;
    }
    const from = this.heap.buffer;
    for (const [i, run] of runs.entries()) {
      new Uint8Array(heap.buffer, places[i], run.bytes).set(new Uint8Array(from, run.address, run.bytes));
      run.address = places[i];
    }
    this.current = heap;
    this.version = -1;
    this.ballast = ballast;
    release.register(this, { heap, runs: this.runs });
  }
}

/** Gives a dead model's runs of the shared heap back. The runs know nothing of their model, or it would never die. */
const release = /* @__PURE__ */ new FinalizationRegistry<{ heap: Heap; runs: ReadonlySet<Run> }>(
  ({ heap, runs }) => {
    for (const run of runs) heap.give(run.address);
  },
);
