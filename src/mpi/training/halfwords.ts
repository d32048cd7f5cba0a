import type { Floats } from "../../kernels/kernels.js";

/** Into how many numbers of either width a float64 number is taken apart. */
export const HALFWORDS = 4;

/**
 * Writes float64 numbers bit by bit, as whole numbers below 2¹⁶. Any of them comes through a sum of float32 numbers as it
 * is, if all other ranks add zeros there.
 */
export function writeExactly(values: Float64Array, to: Floats, at: number): void {
  to.set(new Uint16Array(values.buffer, values.byteOffset, HALFWORDS * values.length), at);
}

/** The float64 numbers that were written there. */
export function readExactly(from: Floats, at: number, count: number): Float64Array {
  return new Float64Array(Uint16Array.from(from.subarray(at, at + HALFWORDS * count)).buffer);
}
