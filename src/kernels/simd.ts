import type { Kernels, Storage } from "./kernels.js";
import { HeapStorage } from "./memory/heap-storage.js";
import { ModelMemory } from "./memory/model-memory.js";
import { referenceKernels } from "./reference.js";
import { elementwise } from "./simd/elementwise.js";
import { products } from "./simd/products.js";
import { ArrayStorage, zeros } from "./storage.js";

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

/** Kernels over WebAssembly for a model, with a memory of their own for everything that they allocate. */
export function modelKernels(): Kernels {
  const memory = new ModelMemory();
  return simdKernels(memory, (length) => new HeapStorage(memory, memory.take(4 * length), 0, length));
}

/** Kernels for matrices in ordinary arrays: products are computed in WebAssembly, on copies. */
export function arrayKernels(): Kernels {
  return simdKernels(new ModelMemory(), (length) => new ArrayStorage(zeros(length, "float32")));
}
