import { fail } from "../errors.js";
import type { DType, Floats, Storage } from "./kernels.js";

/** How wide the numbers of a typed array are. */
export function dtypeOf(data: Floats): DType {
  return data instanceof Float64Array ? "float64" : "float32";
}

/** `length` zeros in an ordinary, garbage-collected array. */
export function zeros(length: number, dtype: DType): Floats {
  try {
    return dtype === "float64" ? new Float64Array(length) : new Float32Array(length);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail("A matrix", "fewer numbers than memory can hold", String(length), "Check the sizes.");
  }
}

/** A Storage over an ordinary typed array. */
export class ArrayStorage implements Storage {
  readonly dtype: DType;
  readonly memory = undefined;

  constructor(readonly data: Floats) {
    this.dtype = dtypeOf(data);
  }

  get length(): number {
    return this.data.length;
  }

  part(start: number, length: number): Storage {
    return new ArrayStorage(this.data.subarray(start, start + length));
  }
}
