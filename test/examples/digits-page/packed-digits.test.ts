import { Matrix } from "chainrule";
import { expect, it } from "vitest";
import { packDigits, unpackDigits } from "../../../examples/digits-page/digits/packed-digits.js";

it("packs the first digits, and unpacks them as they were", () => {
  const pixels = Float32Array.from({ length: 3 * 784 }, (_, i) => (i % 256) / 255);
  const digits = { x: new Matrix(3, 784, pixels), y: new Matrix(3, 1, new Float32Array([7, 2, 1])) };
  expect(unpackDigits(packDigits(digits, 2))).toEqual({
    pixels: pixels.subarray(0, 2 * 784),
    labels: new Uint8Array([7, 2]),
    count: 2,
  });
});
