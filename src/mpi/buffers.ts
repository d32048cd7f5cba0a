import { describe, fail } from "../errors.js";
import type { Floats } from "../kernels/kernels.js";

/**
 * How many numbers go in one call of MPI. Its counts have 31 bits; and less at a time takes less memory, which a reduction
 * needs once more for what it receives.
 */
export const CHUNK = 1 << 22;

/** @throws ChainruleError unless it is a run of float32 or float64 numbers whose memory is still there */
export function expectFloats(who: string, value: unknown): asserts value is Floats {
  if (!(value instanceof Float32Array || value instanceof Float64Array)) {
    fail(who, "a Float32Array or a Float64Array", describe(value));
  }
  expectPresent(who, value);
}

/** @throws ChainruleError unless it is a run of numbers or bytes whose memory is still there */
export function expectData(who: string, value: unknown): asserts value is Floats | Uint8Array {
  if (!(value instanceof Uint8Array)) return expectFloats(who, value);
  expectPresent(who, value);
}

/** @throws ChainruleError unless it is the rank of one of `size` processes */
export function expectRank(who: string, value: unknown, size: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < size) return;
  fail(who, `\`root\` to be a rank from 0 to ${size - 1}`, describe(value));
}

/** A memory that grows leaves views of no length behind, with which MPI would do nothing, and say nothing. */
function expectPresent(who: string, { buffer, length }: Floats | Uint8Array): void {
  if (length > 0) return;
  try {
    new Uint8Array(buffer);
  } catch {
    fail(who, "numbers that are there", "a view of a memory that has grown since", "Take the view anew.");
  }
}

/** The bytes of a run of numbers, in place. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Floats | Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Calls for each piece of at most `most` numbers. */
export function inPieces<T extends Floats | Uint8Array>(
  data: T,
  work: (piece: T) => void,
  most = CHUNK,
): void {
  for (let start = 0; start < data.length; start += most) work(data.subarray(start, start + most) as T);
}
