import { fail } from "../errors.js";
import { type Bytes, expectBytes } from "../io/bytes.js";
import { numbersOf } from "../io/numbers.js";
import { kinds, type Tensor } from "../io/tensors.js";
import { readHeader } from "./header.js";
import { fromFortran, swapped } from "./order.js";

/**
 * The array of a `.npy` file, of version 1, 2 or 3: floats, whole numbers and truths of any width, little or big end
 * first, in the order of C or of Fortran. What comes is in the order of C: row after row. `data` is a view of `bytes`
 * where it can be. Floats of 16 bits are widened to 32; truths are bytes, 0 or 1.
 * @throws ChainruleError for what is no such file, for one that is cut off or has more behind the array, and for arrays of
 * other things: objects are never unpickled
 */
export function readNpy(bytes: Bytes): Tensor {
  return readArray("readNpy", expectBytes("readNpy", "a Uint8Array", bytes));
}

/** The same, for whoever has the bytes from elsewhere. */
export function readArray(who: string, bytes: Uint8Array): Tensor {
  const { dtype, isBig, isFortran, shape, start } = readHeader(who, bytes);
  const width = kinds[dtype].bytes;
  const size = shape.reduce((product, side) => product * side, width);
  const got = bytes.length - start;
  if (size !== got) {
    const advice =
      got > size ? "Save one array in a file, or several with np.savez." : "Is the file cut off?";
    fail(who, `${size} bytes for ${dtype} [${shape.join(" × ")}]`, String(got), advice);
  }
  const stored = bytes.subarray(start);
  if (dtype === "BOOL" && stored.some((byte) => byte > 1)) {
    fail(who, "truths of 0 and 1", `a byte ${stored.find((byte) => byte > 1)}`);
  }
  const data = numbersOf(dtype, isBig && width > 1 ? swapped(stored, width) : stored);
  return { dtype, shape, data: isFortran ? fromFortran(data, shape) : data };
}
