import { describe, fail } from "../errors.js";
import type { DType, Kernels } from "./kernels.js";
import { referenceKernels } from "./reference.js";
import { chooseNumerics, moduleFor, type Numerics, numerics, useModules } from "./simd/engine.js";
import { tile, tileName } from "./simd/tiles.js";
import { type WasmModule, webAssembly } from "./simd/webassembly.js";
import { arrayKernels, modelKernels } from "./simd.js";
import { chooseThreads, threads } from "./threads/pool.js";

const chosen: { [dtype in DType]?: Kernels } = {};
const trainings = { running: 0 };

/** The kernels for matrices of this width in ordinary arrays, made when first asked for. */
export function kernelsFor(dtype: DType): Kernels {
  chosen[dtype] ??= hasSimd(dtype) ? arrayKernels() : referenceKernels(dtype);
  return chosen[dtype];
}

/** Kernels with a memory of their own, for a model of this width. */
export function kernelsForModel(dtype: DType): Kernels {
  return hasSimd(dtype) ? modelKernels() : kernelsFor(dtype);
}

/** WebAssembly has no wide SIMD for float64, which proves the mathematics and needs no speed. */
const hasSimd = (dtype: DType): boolean => dtype === "float32" && webAssembly() !== undefined;

/** What computes float32 numbers here. */
export interface KernelInfo {
  /** `"simd"`: WebAssembly; `"reference"`: portable loops, where WebAssembly is not to be had. */
  readonly name: "simd" | "reference";
  /** Whether four numbers are computed at a time. */
  readonly simd: boolean;
  /** Whether products use multiply-adds that are rounded once: `setNumerics("fast")`. */
  readonly fused: boolean;
  /** How many threads big products are shared among, the caller's counted: `setThreads(n)`. */
  readonly threads: number;
  /** The tile of a product that is kept in registers, rows × columns, such as `"6×8"`. */
  readonly microKernel: string;
}

/** What computes float32 numbers here: it compiles the kernels, if nothing did so far. */
export function kernels(): KernelInfo {
  const kind = numerics();
  if (moduleFor(kind) === undefined) {
    return { name: "reference", simd: false, fused: false, threads: 1, microKernel: "1×1" };
  }
  return {
    name: "simd",
    simd: true,
    fused: kind === "fast",
    threads: threads(),
    microKernel: tileName(tile()),
  };
}

/**
 * How products of float32 matrices are computed. `"exact"`: every operation is rounded, and the bits are the same on
 * every machine, engine, number of threads and cut of a batch. `"fast"`: multiply-adds are rounded once; the same bits for
 * any number of threads on one machine, while another may differ in the last place. Default: fast where the engine has it.
 * @throws ChainruleError where the engine has no fused arithmetic, and while a model trains
 */
export function setNumerics(numerics: Numerics): void {
  expectNoTraining("setNumerics");
  chooseNumerics(numerics);
}

/**
 * How many threads share the work of big products, the caller's counted. They change no bit. Default: as many as the
 * machine runs side by side, at most 8; 1 where memory cannot be shared.
 * @throws ChainruleError for more than 1 where memory cannot be shared, and while a model trains
 */
export function setThreads(count: number): void {
  expectNoTraining("setThreads");
  chooseThreads(count);
}

/**
 * Brings along the kernels for places that forbid to compile WebAssembly: a `WebAssembly.Module` of the package's
 * `wasm/exact.wasm` or `wasm/fast.wasm`, and in `catalogue` any of those of `wasm/curves.wasm` (activations beside ReLU,
 * LeakyReLU and Softmax), `wasm/layers.wasm` (normalizations, gates, PReLU, LogSoftmax), `wasm/masks.wasm` (Dropout,
 * AlphaDropout), `wasm/noise.wasm` (GaussianNoise, GaussianDropout) and `wasm/steps.wasm` (optimizers beside SGD and Adam);
 * what is not brought is left to portable loops. Call it before anything else; there is one thread then.
 * @throws ChainruleError for any other module, and while a model trains
 */
export function init(options: {
  /** The kernels of the core, exact or fast. */
  module: WasmModule;

  /** Those of the catalogue, by name. Default: none. */
  catalogue?: {
    curves?: WasmModule;
    layers?: WasmModule;
    masks?: WasmModule;
    noise?: WasmModule;
    steps?: WasmModule;
  };
}): void {
  expectNoTraining("init");
  const module = options?.module;
  if (typeof module !== "object" || module === null) {
    fail("init", "`module` to be a compiled WebAssembly.Module", describe(module));
  }
  useModules(module, { ...options.catalogue });
}

/** Does some training, during which the kernels stay as they are. */
export async function whileTraining<T>(work: () => Promise<T>): Promise<T> {
  trainings.running++;
  try {
    return await work();
  } finally {
    trainings.running--;
  }
}

function expectNoTraining(who: string): void {
  if (trainings.running === 0) return;
  fail(who, "no model to be training", `${trainings.running} running fit`, "Await it first.");
}
