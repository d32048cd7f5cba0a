import { Matrix, Random } from "chainrule";
import { expect, it } from "vitest";
import { digitFromStrokes } from "../../../examples/digits-page/digits/digit-image.js";
import { distort } from "../../../examples/digits-page/digits/distort.js";
import { distortedBatches } from "../../../examples/digits-page/digits/distorted-batches.js";
import { serifOne } from "../../../examples/digits-page/digits/serif-one.js";
import { strokeSets } from "../../../examples/digits-page/digits/strokes/index.js";

const random = Random.fromSeed(3);
const pixels = new Float32Array(30 * 784);
strokeSets.forEach(({ strokes }, i) => {
  pixels.set(digitFromStrokes(strokes, 0.09)!, 784 * i);
});
const places = strokeSets.map((_, i) => i);
const sumOf = (numbers: Float32Array) => numbers.reduce((sum, value) => sum + value, 0);

it("leaves a picture alone within limits of 0", () => {
  const none = { turn: 0, scale: 0, shear: 0, shift: 0 };
  expect(distort(pixels, random, 0, places, none)).toEqual(pixels);
});

it("moves a picture, and keeps its ink", () => {
  const limits = { turn: 0.2, scale: 0, shear: 0, shift: 1 };
  const moved = distort(pixels, random, 0, places, limits);
  for (const place of places) {
    const [from, to] = [784 * place, 784 * (place + 1)];
    expect(moved.subarray(from, to)).not.toEqual(pixels.subarray(from, to));
    expect(sumOf(moved.subarray(from, to)) / sumOf(pixels.subarray(from, to))).toBeCloseTo(1, 1);
  }
  expect(Math.max(...moved)).toBeLessThanOrEqual(1);
  expect(Math.min(...moved)).toBe(0);
});

it("depends on the seed, the pass and the place alone", () => {
  const all = distort(pixels, random, 5, places);
  const one = distort(pixels.subarray(784 * 12, 784 * 13), Random.fromSeed(3), 5, [12]);
  expect(one).toEqual(all.subarray(784 * 12, 784 * 13));
  expect(distort(pixels, random, 6, places)).not.toEqual(all);
});

it("goes through all digits in each pass, in another order", () => {
  const labels = Float32Array.from(strokeSets, ({ digit }) => digit);
  const digits = { x: new Matrix(30, 784, pixels), y: new Matrix(30, 1, labels) };
  const batches = distortedBatches(digits, 8, 1);
  const passes = [1, 2].map(() => [...batches]);
  const shown = passes.map((pass) => pass.flatMap(({ y }) => [...y.data]));
  expect(passes[0].map(({ x }) => x.rows)).toEqual([8, 8, 8, 6]);
  expect(shown[0]).not.toEqual(shown[1]);
  for (const order of shown) expect(order.toSorted()).toEqual([...labels].sort());
});

it("gives some ones a serif, each time another", () => {
  const one = new Float32Array(784).fill(0.5);
  const digits = { x: new Matrix(60, 784, repeat(one, 60)), y: Matrix.full(60, 1, 1) };
  const [batch] = distortedBatches(digits, 60, 1);
  const drawn = Array.from({ length: 60 }, (_, i) => batch.x.row(i).max()).filter((most) => most > 0.9);
  expect(drawn.length).toBeGreaterThan(2);
  expect(drawn.length).toBeLessThan(20);
  expect(serifOne(random, 0, 1)).toEqual(serifOne(random, 0, 1));
  expect(serifOne(random, 0, 1)).not.toEqual(serifOne(random, 0, 2));
});

function repeat(row: Float32Array, times: number): Float32Array {
  const all = new Float32Array(row.length * times);
  for (let i = 0; i < times; i++) all.set(row, i * row.length);
  return all;
}
