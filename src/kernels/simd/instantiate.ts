import { fail } from "../../errors.js";
import type { Exports } from "./exports.js";
import { type WasmMemory, type WasmModule, webAssembly } from "./webassembly.js";

/** The kernels of a module on a memory; those of the core, unless it is said. */
export function instantiate<Kernels = Exports>(module: WasmModule, memory: WasmMemory): Kernels {
  const api = webAssembly();
  if (api === undefined) return fail("WebAssembly", "to stay where it was", "nothing");
  return new api.Instance(module, { env: { memory } }).exports as Kernels;
}
