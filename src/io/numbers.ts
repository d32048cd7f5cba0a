import { kinds, type TensorData, type TensorType } from "./tensors.js";

/** Bytes as numbers of a dtype, the little end first: a view where they stand at a multiple of their width, else a copy. */
export function numbersOf(dtype: TensorType, bytes: Uint8Array): TensorData {
  const {
    array,
    bytes: width,
    widen,
  }: (typeof kinds)[TensorType] & { widen?: (bits: number) => number } = kinds[dtype];
  const { buffer, byteOffset } = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  const data = new array(buffer as ArrayBuffer, byteOffset, bytes.length / width);
  return widen === undefined ? data : Float32Array.from(data as Uint16Array, widen);
}
