import type { Exports } from "./exports.js";
import type { WasmMemory } from "./webassembly.js";

const EPSILON = 2 ** -13;

/**
 * Whether the multiply-adds of these kernels are rounded once. It is measured: an engine may have the instruction and
 * still round twice, as Bun does, which is slower than exact arithmetic. Nothing else may stand in the memory.
 */
export function fuses(kernels: Exports, memory: WasmMemory): boolean {
  const numbers = new Float32Array(memory.buffer);
  const [x, b, y] = [64, 128, 192]; // bytes
  // 1 − (1 + ε)·(1 − ε) is ε² if rounded once, and 0 if the product is rounded first.
  numbers.set([1, 1 + EPSILON], x / 4);
  numbers.set([1, 0, 0, 0, EPSILON - 1, 0, 0, 0], b / 4);
  kernels.rowTimes(x, b, 16, y, 4, 2, 0);
  return numbers[y / 4] === EPSILON * EPSILON;
}
