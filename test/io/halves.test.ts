import { readSafetensors } from "chainrule";
import { expect, it } from "vitest";
import { joined } from "../fuzz/mutate.js";

/** Every number of 16 bits, read as this type. */
function read(dtype: string): Float32Array {
  const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const header = JSON.stringify({ all: { dtype, shape: [65536], data_offsets: [0, 131072] } });
  return readSafetensors(joined(header, new Uint8Array(bits.buffer))).tensors.all.data as Float32Array;
}

it("reads all 65,536 numbers of F16", () => {
  const numbers = read("F16");
  expect(numbers).toBeInstanceOf(Float32Array);
  // By the definition: between two powers of two lie 1,023 numbers, each 2⁻¹⁰ of the lower one behind the last.
  let expected = 0;
  for (let bits = 0; bits < 0x7c00; bits++) {
    expect(numbers[bits]).toBe(expected);
    expect(numbers[bits + 0x8000]).toBe(-expected);
    expected += 2 ** (Math.max(bits >>> 10, 1) - 25);
  }
  expect(expected).toBe(65536); // where infinity stands
  expect([numbers[0x7c00], numbers[0xfc00]]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect(numbers.slice(0x7c01, 0x8000).every(Number.isNaN)).toBe(true);
  expect(numbers.slice(0xfc01).every(Number.isNaN)).toBe(true);
});

it("reads all 65,536 numbers of BF16", () => {
  const numbers = read("BF16");
  const view = new DataView(new ArrayBuffer(4));
  for (let bits = 0; bits < 65536; bits++) {
    view.setUint16(0, bits);
    expect(numbers[bits]).toBe(view.getFloat32(0));
  }
  expect([numbers[0x3f80], numbers[0xc049], numbers[1]]).toEqual([1, -3.140625, 2 ** -133]);
});
