import type { Block } from "../kernels.js";
import type { Extension } from "../memory/heap.js";
import { ModelMemory } from "../memory/model-memory.js";
import { bytesOfText } from "../simd/bytes-of-text.js";
import { givenOr, shareable } from "../simd/engine.js";
import { instantiate } from "../simd/instantiate.js";
import { type WasmMemory, type WasmModule, webAssembly } from "../simd/webassembly.js";

/** What every module of the catalogue may export beside its kernels. */
interface Constants {
  writeConstants?(): void;
}

/**
 * A module of kernels beside the core's, for those who import it: `name` is its file in `wasm/`, `text` its bytes,
 * `writeTables` writes what they look up beside their own constants. It has no fused arithmetic: the same bits in every
 * engine, and in both kinds of numerics. The result finds its kernels on the memory where some numbers are; nothing where
 * they are in an ordinary array.
 */
export function catalogueModule<Kernels>(
  name: string,
  text: string,
  writeTables?: (memory: WasmMemory) => void,
): (x: Block) => Kernels | undefined {
  /** Compiled when first asked for; by whether it takes shared memory. */
  const modules = new Map<boolean, WasmModule | undefined>();
  const compiled = (shared: boolean) => {
    if (!modules.has(shared)) modules.set(shared, compile(text, shared));
    return modules.get(shared);
  };
  const make: Extension<Kernels | undefined> = (memory, shared) => {
    const module = givenOr(name, shared, compiled);
    const kernels = module && instantiate<Kernels & Constants>(module, memory);
    kernels?.writeConstants?.();
    if (kernels !== undefined) writeTables?.(memory);
    return kernels;
  };
  return ({ storage }) => {
    const memory = storage?.memory;
    return memory instanceof ModelMemory ? memory.heap.extended(make) : undefined;
  };
}

function compile(text: string, shared: boolean): WasmModule | undefined {
  const api = webAssembly();
  if (api === undefined) return undefined;
  try {
    const bytes = bytesOfText(text);
    return new api.Module(shared ? shareable(bytes) : bytes);
  } catch {
    return undefined; // no such instructions, or a place that forbids compiling: the portable loops do the work
  }
}

/** The place that stands for numbers that there are not. */
const NOWHERE = 0;
/** The place of numbers in another memory. */
export const ELSEWHERE = -1;

/** Where numbers stand in the memory of others, or `NOWHERE`, or `ELSEWHERE`. */
export function placeBeside(others: Block, block: Block | undefined): number {
  if (block === undefined) return NOWHERE;
  const { storage } = block;
  const here = storage !== undefined && storage.memory === others.storage?.memory;
  return here ? (storage.address as number) : ELSEWHERE;
}

/** The places of all these; nothing where one is elsewhere. */
export function placesBeside(
  others: Block,
  ...blocks: readonly (Block | undefined)[]
): readonly number[] | undefined {
  const places: number[] = new Array(blocks.length);
  for (let i = 0; i < blocks.length; i++) {
    places[i] = placeBeside(others, blocks[i]);
    if (places[i] === ELSEWHERE) return undefined;
  }
  return places;
}
