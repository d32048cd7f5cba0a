import { fail } from "../../errors.js";
import { engineVersion, moduleFor, numerics } from "../simd/engine.js";
import type { Exports } from "../simd/exports.js";
import { instantiate } from "../simd/instantiate.js";
import { MOST_PAGES, PAGE, type WasmMemory, webAssembly } from "../simd/webassembly.js";
import { FreeList } from "./free-list.js";

/** The first bytes belong to the kernels of the catalogue: constants, room to work in, and tables. */
const RESERVED = 2112;

/** Kernels may read, though not use, this many bytes behind the last number. */
const MARGIN = 64;

/** Makes kernels of another module on a memory. */
export type Extension<T> = (memory: WasmMemory, shared: boolean) => T;

/** A WebAssembly memory with its kernels, and the book of who has which bytes of it. */
export class Heap {
  /** What views are made of; another object after the memory grew. */
  buffer: ArrayBufferLike;
  private readonly memory: WasmMemory;
  private readonly list: FreeList;
  private instance: Exports | undefined;
  private version = -1;
  private readonly extensions = new Map<Extension<unknown>, unknown>();
  private readonly scratchAddresses: number[] = [];
  /** Behind this address nobody was yet: it is all zeros. */
  private touched = 0;

  constructor(readonly shared: boolean) {
    this.memory = makeMemory(shared);
    this.buffer = this.memory.buffer;
    this.list = new FreeList(RESERVED);
  }

  /** The memory itself, for threads. */
  get wasmMemory(): WasmMemory {
    return this.memory;
  }

  /** How many bytes are taken. */
  get used(): number {
    return this.list.used;
  }

  /** The kernels on this memory; nothing where WebAssembly must not be compiled. */
  get exports(): Exports | undefined {
    if (this.version !== engineVersion()) this.load();
    return this.instance;
  }

  /** What more there is on this memory: made when first asked for, and again when other kernels were chosen. */
  extended<T>(make: Extension<T>): T {
    if (this.version !== engineVersion()) this.load();
    if (!this.extensions.has(make)) this.extensions.set(make, make(this.memory, this.shared));
    return this.extensions.get(make) as T;
  }

  private load(): void {
    this.extensions.clear();
    const module = moduleFor(numerics(), this.shared);
    this.instance = module && instantiate(module, this.memory);
    this.version = engineVersion();
  }

  /**
   * The address of `bytes` zeros, or of anything if `zeroed` is false.
   * @throws ChainruleError where they would be beyond 4 GiB, or beyond what there is
   */
  take(bytes: number, zeroed = true): number {
    const address = this.list.take(bytes);
    const missing = Math.ceil((this.list.extent + MARGIN - this.buffer.byteLength) / PAGE);
    if (missing > 0) this.grow(missing, address, bytes);
    const used = Math.min(this.touched, address + bytes) - address;
    if (used > 0 && zeroed) new Uint8Array(this.buffer, address, used).fill(0);
    this.touched = Math.max(this.touched, address + bytes);
    return address;
  }

  give(address: number): void {
    this.list.give(address);
  }

  /** Bytes for a kernel to work in: one stretch for each thread, made when first needed. */
  scratch(kernels: Exports, thread = 0): number {
    this.scratchAddresses[thread] ??= this.take(kernels.scratchBytes());
    return this.scratchAddresses[thread];
  }

  /** Leaves the stretches to whoever may still work in them, and makes new ones when needed. */
  abandonScratch(): void {
    this.scratchAddresses.length = 0;
  }

  /** Grows by at least `missing` pages: by half, where there is room, since every growth makes all views anew. */
  private grow(missing: number, address: number, bytes: number): void {
    const pages = this.buffer.byteLength / PAGE;
    for (const more of [Math.max(missing, pages >> 1), missing]) {
      if (pages + more > MOST_PAGES) continue;
      try {
        this.memory.grow(more);
        this.buffer = this.memory.buffer;
        return;
      } catch {
        // no room for so many
      }
    }
    this.list.give(address);
    const advice = `A model's memory ends at 4 GiB, and ${this.list.used} bytes of it are taken. Check the sizes.`;
    fail("A matrix", "fewer numbers than memory can hold", String(bytes / 4), advice);
  }
}

function makeMemory(shared: boolean): WasmMemory {
  const api = webAssembly();
  if (api === undefined) return fail("A heap", "WebAssembly", "none");
  const limits = { initial: 1, maximum: MOST_PAGES };
  try {
    return new api.Memory(shared ? { ...limits, shared } : limits);
  } catch {
    const advice =
      "Too many models may be alive, or the process may have too little address space (ulimit -v).";
    return fail("A model", "a WebAssembly memory", "none from the system", advice);
  }
}
