import { expect, it } from "vitest";
import { digitFromInk, digitFromStrokes, inkOf } from "../../../examples/digits-page/digits/digit-image.js";
import { drawStrokes } from "../../../examples/digits-page/digits/draw-strokes.js";
import { boxOfInk } from "../../../examples/digits-page/digits/resample.js";
import { strokeSets } from "../../../examples/digits-page/digits/strokes/index.js";
import type { Stroke } from "../../../examples/digits-page/digits/strokes/path.js";

const scaled = (strokes: readonly Stroke[], size: number, right = 0, down = 0) =>
  strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: size * x + right, y: size * y + down })));

const massCentre = (pixels: Float32Array) => {
  let [mass, x, y] = [0, 0, 0];
  pixels.forEach((ink, i) => {
    mass += ink;
    x += ink * ((i % 28) + 0.5);
    y += ink * (Math.floor(i / 28) + 0.5);
  });
  return { x: x / mass, y: y / mass };
};

const ways = strokeSets.map((set) => [`${set.digit}, ${set.way}`, set.strokes] as const);

it.each(ways)("makes of strokes what MNIST would: %s", (_, strokes) => {
  const digit = digitFromStrokes(strokes, 0.09)!;
  expect(digit).toHaveLength(784);
  expect(Math.max(...digit)).toBe(1);
  expect(Math.min(...digit)).toBe(0);
  const { x, y } = massCentre(digit);
  expect(Math.abs(x - 14)).toBeLessThan(0.1);
  expect(Math.abs(y - 14)).toBeLessThan(0.1);
  const box = boxOfInk({ width: 28, height: 28, data: digit })!;
  const long = Math.max(box.right - box.left, box.bottom - box.top);
  expect(long).toBeGreaterThanOrEqual(20);
  expect(long).toBeLessThanOrEqual(22); // 20 between two edges of pixels
});

it.each(ways)("makes of a picture of any size what it makes of its strokes: %s", (_, strokes) => {
  const wanted = digitFromStrokes(strokes, 0.1)!;
  for (const size of [60, 280, 500]) {
    const data = drawStrokes(scaled(strokes, size), 0.1 * size, size);
    const digit = digitFromInk({ width: size, height: size, data })!;
    const difference = digit.reduce((sum, ink, i) => sum + Math.abs(ink - wanted[i]), 0) / 784;
    expect(difference).toBeLessThan(0.04);
  }
});

it("does not depend on where, or in which unit, something was drawn", () => {
  const { strokes } = strokeSets[6];
  const digit = digitFromStrokes(strokes, 0.09)!;
  const elsewhere = digitFromStrokes(scaled(strokes, 300, 1000, -70), 27)!;
  digit.forEach((ink, i) => {
    expect(elsewhere[i]).toBeCloseTo(ink, 4);
  });
});

it("draws a small and a large hand with a pen as in MNIST", () => {
  const { strokes } = strokeSets[21];
  const ink = (pen: number) => digitFromStrokes(strokes, pen)!.reduce((sum, value) => sum + value);
  expect(ink(0.001)).toBeGreaterThan(0.6 * ink(0.1));
  expect(ink(1)).toBeLessThan(2 * ink(0.1));
});

it("sees a dot, and nothing on empty paper", () => {
  const dot = digitFromStrokes([[{ x: 3, y: 4 }]], 10)!;
  expect(massCentre(dot).x).toBeCloseTo(14);
  expect(Math.max(...dot)).toBe(1);
  expect(digitFromStrokes([], 1)).toBeUndefined();
  expect(digitFromInk({ width: 5, height: 4, data: new Float32Array(20) })).toBeUndefined();
});

it("takes the ink of a transparent picture from its alpha", () => {
  const image = { width: 2, height: 1, data: [9, 9, 9, 255, 0, 0, 0, 51] };
  expect(inkOf(image)).toEqual({ width: 2, height: 1, data: new Float32Array([1, 0.2]) });
});
