import type { Block } from "../kernels.js";

/** The memory of a matrix as float64 numbers, half as many where the matrix is in float32. */
export function wideView({ data }: Block): Float64Array {
  return new Float64Array(data.buffer, data.byteOffset, data.byteLength >> 3);
}
