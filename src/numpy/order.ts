import type { TensorData } from "../io/tensors.js";

/** Numbers whose first side runs fastest as numbers whose last side does. */
export function fromFortran(data: TensorData, shape: readonly number[]): TensorData {
  const sides = shape.filter((side) => side !== 1);
  if (data.length === 0 || sides.length < 2) return data;
  const result = data.slice();
  const strides = sides.map((_, i) => sides.slice(0, i).reduce((product, side) => product * side, 1));
  const place = sides.map(() => 0);
  for (let to = 0, from = 0; to < data.length; to++) {
    result[to] = data[from];
    // On to the next place: the last side first, and where one is at its end, the side before it.
    for (let i = sides.length - 1; i >= 0; i--) {
      from += strides[i];
      if (++place[i] < sides[i]) break;
      from -= strides[i] * sides[i];
      place[i] = 0;
    }
  }
  return result;
}

/** A copy of the bytes in which those of each number stand in the opposite order. */
export function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let start = 0; start < copy.length; start += width) {
    for (let i = start, j = start + width - 1; i < j; i++, j--) [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
