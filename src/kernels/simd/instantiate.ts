import { fail } from "../../errors.js";
import type { Exports } from "./exports.js";
import { type WasmMemory, type WasmModule, webAssembly } from "./webassembly.js";

/** The kernels on a memory. */
export function instantiate(module: WasmModule, memory: WasmMemory): Exports {
  const api = webAssembly();
  if (api === undefined) return fail("WebAssembly", "to stay where it was", "nothing");
  return new api.Instance(module, { env: { memory } }).exports as Exports;
}
