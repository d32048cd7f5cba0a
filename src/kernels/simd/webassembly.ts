// The few names of WebAssembly that are used, typed here: a TypeScript project without the DOM library has none of them.

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** A compiled module, as `new WebAssembly.Module(bytes)` gives it. */
export type WasmModule = object;

interface WebAssemblyNames {
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: object };
}

/** WebAssembly, where this place has it. */
export function webAssembly(): WebAssemblyNames | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyNames }).WebAssembly;
}

/** The size of a page of WebAssembly memory, in bytes. */
export const PAGE = 65536;

/** How many pages a memory may have: 4 GiB. */
export const MOST_PAGES = 65536;
