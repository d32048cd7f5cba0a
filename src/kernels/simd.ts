import type { Block, Kernels, Storage } from "./kernels.js";
import { HeapStorage } from "./memory/heap-storage.js";
import { ModelMemory } from "./memory/model-memory.js";
import { referenceKernels } from "./reference.js";
import { elementwise } from "./simd/elementwise.js";
import { products } from "./simd/products.js";
import { ArrayStorage, zeros } from "./storage.js";
import { readyThreads, sharedHeap, threads } from "./threads/pool.js";

const portable = /* @__PURE__ */ referenceKernels("float32");

function simdKernels(memory: ModelMemory, allocate: (length: number) => Storage): Kernels {
  return {
    ...portable,
    ...elementwise(memory, portable),
    ...products(memory, portable),
    name: "simd",
    allocate,
  };
}

/** How many models may move to the threads' memory between two turns of the event loop, at which dead ones leave it. */
const MOVES_PER_TURN = 4;
const moves = { left: MOVES_PER_TURN };

/** Moves a model whose products are big enough to where threads reach it. */
function shareIfWorthIt(memory: ModelMemory): void {
  if (!memory.wantsToShare || memory.isShared || moves.left === 0 || threads() === 1) return;
  if (moves.left === MOVES_PER_TURN) {
    setTimeout(() => {
      moves.left = MOVES_PER_TURN;
    }, 0);
  }
  moves.left--;
  memory.moveTo(sharedHeap());
  readyThreads();
}

/** Kernels over WebAssembly for a model, with a memory of their own for everything that they allocate. */
export function modelKernels(): Kernels {
  return kernelsOn(new ModelMemory());
}

/** Kernels that allocate in this memory. */
export function kernelsOn(memory: ModelMemory): Kernels {
  const allocate = (length: number) => new HeapStorage(memory, memory.take(4 * length), 0, length);
  return { ...simdKernels(memory, allocate), beginPass: () => shareIfWorthIt(memory) };
}

/** A product of ordinary matrices with fewer multiply-adds is not copied to where threads reach it. */
const LEAST_SHARED_WORK = 8_000_000;
/** Products of more bytes than that are computed where their numbers are: a memory for copies ends at 4 GiB. */
const MOST_COPIED = 2 ** 31;
/** A memory for copies that has grown beyond so many bytes is let go. */
const MOST_KEPT = 2 ** 26;

/** Kernels for matrices in ordinary arrays: products are computed in WebAssembly, on copies. */
export function arrayKernels(): Kernels {
  const own = new ModelMemory();
  const kernels = simdKernels(own, (length) => new ArrayStorage(zeros(length, "float32")));
  let shared: Kernels | undefined;
  const choose = (a: Block, b: Block, y: Block): Kernels => {
    const work = Math.sqrt(a.rows * a.cols) * Math.sqrt(b.rows * b.cols) * Math.sqrt(y.rows * y.cols);
    if (work < LEAST_SHARED_WORK || threads() === 1 || readyThreads() === 0) return kernels;
    shared ??= kernelsOn(new ModelMemory(sharedHeap()));
    return shared;
  };
  const onCopies =
    (name: "product" | "transposedProduct" | "productTransposed"): Kernels["product"] =>
    (a, b, y, accumulate) => {
      const bytes = 4 * (a.rows * a.cols + b.rows * b.cols + y.rows * y.cols);
      if (bytes > MOST_COPIED) return portable[name](a, b, y, accumulate);
      try {
        choose(a, b, y)[name](a, b, y, accumulate);
      } finally {
        if (own.bytes > MOST_KEPT) own.reset();
      }
    };
  return {
    ...kernels,
    product: onCopies("product"),
    transposedProduct: onCopies("transposedProduct"),
    productTransposed: onCopies("productTransposed"),
  };
}
