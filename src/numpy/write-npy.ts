import { fail } from "../errors.js";
import { tensorOf } from "../io/tensor-of.js";
import type { TensorLike } from "../io/tensors.js";
import { writeDescr } from "./descr.js";
import { MAGIC } from "./header.js";

/** Numbers begin at a multiple of this, so that they can be mapped into memory. */
const ALIGNMENT = 64;
/** Room for a longer first side, which NumPy leaves so that an array can grow in its file. */
const ROOM = 21;
const MOST_SIDES = 32;

/**
 * A Matrix, or numbers with their shape, as a `.npy` file of version 1: the bytes that `np.save` writes. A Matrix is an
 * array of two sides. A `Uint8Array` is one of `uint8`, unless its `dtype` is `"BOOL"`.
 * @throws ChainruleError for a shape that is not that of the numbers, and for a dtype that NumPy has not
 */
export function writeNpy(array: TensorLike): Uint8Array {
  return writeArray("writeNpy", array);
}

/** The same, for whoever puts the bytes elsewhere. */
export function writeArray(who: string, array: TensorLike): Uint8Array {
  const { dtype, shape, data } = tensorOf(who, array);
  const numbers = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (dtype === "BOOL" && numbers.some((byte) => byte > 1)) fail(who, "truths of 0 and 1", "other numbers");
  if (shape.length > MOST_SIDES) fail(who, `at most ${MOST_SIDES} sides`, String(shape.length));
  const header = headerOf(writeDescr(who, dtype), shape);
  const bytes = new Uint8Array(header.length + numbers.length);
  bytes.set(header);
  bytes.set(numbers, header.length);
  return bytes;
}

/** All before the numbers. The sides are few enough for the two bytes of its length. */
function headerOf(descr: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sides}), }`;
  const room = shape.length === 0 ? 0 : ROOM - String(shape[0]).length;
  const first = MAGIC.length + 4; // the version and the length
  const text = dict + " ".repeat(room);
  const end = (Math.floor((first + text.length + 1) / ALIGNMENT) + 1) * ALIGNMENT; // at least one blank, as NumPy
  const bytes = new Uint8Array(end).fill(0x20);
  bytes.set([...MAGIC, 1, 0, (end - first) & 255, (end - first) >> 8]);
  bytes.set(new TextEncoder().encode(text), first);
  bytes[end - 1] = 0x0a;
  return bytes;
}
