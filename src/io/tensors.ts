import { fail } from "../errors.js";
import { Matrix } from "../matrix.js";

/** The arrays that hold a tensor's numbers. */
export type TensorData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** The types of numbers in a safetensors file. */
export type TensorType = keyof typeof kinds;

/** A tensor of a safetensors file: its numbers row after row. */
export interface Tensor {
  readonly dtype: TensorType;
  /** The sides; none for a single number. */
  readonly shape: readonly number[];
  /** As float32 where the file has `F16` or `BF16`; as bytes where it has `BOOL` or eight-bit floats. */
  readonly data: TensorData;
}

/** What can be written: a Matrix, or numbers with their shape. The dtype follows from the array, unless said. */
export type TensorLike = Matrix | (Omit<Tensor, "dtype"> & { readonly dtype?: TensorType });

type Bytes = new (buffer: ArrayBuffer, offset: number, length: number) => TensorData;

/** How a type is stored, and, where no array has numbers of that kind, how they are made float32. */
interface Kind {
  readonly array: Bytes;
  readonly bytes: number;
  readonly widen?: (bits: number) => number;
}

const kind = (array: Bytes & { BYTES_PER_ELEMENT: number }, widen?: Kind["widen"]): Kind => ({
  array,
  bytes: array.BYTES_PER_ELEMENT,
  ...(widen && { widen }),
});

/** By the names that the format gives them, the widest first. */
export const kinds = {
  F64: /* @__PURE__ */ kind(Float64Array),
  I64: /* @__PURE__ */ kind(BigInt64Array),
  U64: /* @__PURE__ */ kind(BigUint64Array),
  F32: /* @__PURE__ */ kind(Float32Array),
  I32: /* @__PURE__ */ kind(Int32Array),
  U32: /* @__PURE__ */ kind(Uint32Array),
  F16: /* @__PURE__ */ kind(Uint16Array, fromHalf),
  BF16: /* @__PURE__ */ kind(Uint16Array, fromBrain),
  I16: /* @__PURE__ */ kind(Int16Array),
  U16: /* @__PURE__ */ kind(Uint16Array),
  I8: /* @__PURE__ */ kind(Int8Array),
  U8: /* @__PURE__ */ kind(Uint8Array),
  BOOL: /* @__PURE__ */ kind(Uint8Array),
  F8_E4M3: /* @__PURE__ */ kind(Uint8Array),
  F8_E5M2: /* @__PURE__ */ kind(Uint8Array),
} as const satisfies Readonly<Record<string, Kind>>;

/** IEEE 754 binary16: one sign bit, five of exponent, ten of fraction. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction);
}

/** bfloat16: the upper half of a float32. */
export function fromBrain(bits: number): number {
  return new Float32Array(Uint32Array.of(bits * 65536).buffer)[0];
}

/** A tensor of at most two sides of floats as a Matrix, without copying. @throws ChainruleError for any other */
export function matrixOf(who: string, name: string, { dtype, shape, data }: Tensor): Matrix {
  if (!(data instanceof Float32Array || data instanceof Float64Array) || shape.length > 2) {
    return fail(who, `${JSON.stringify(name)} to be a matrix of floats`, `${dtype} [${shape.join(" × ")}]`);
  }
  const [rows = 1, cols = 1] = shape.length === 1 ? [1, shape[0]] : shape;
  return new Matrix(rows, cols, data);
}
