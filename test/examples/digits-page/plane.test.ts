import { expect, it } from "vitest";
import { EXTENT, shapes } from "../../../examples/digits-page/playground/data/plane.js";
import { gridOf } from "../../../examples/digits-page/playground/data/plane-task.js";
import { pointsOf, TRAIN, VALIDATION } from "../../../examples/digits-page/playground/data/points.js";
import { contour } from "../../../examples/digits-page/playground/draw/contour.js";

it.each(shapes)("has as many blue points as orange ones within the plane: $label", ({ name }) => {
  const { x, y, labels } = pointsOf({ shape: name, noise: 0.1, pointSeed: 1 });
  expect(labels).toHaveLength(TRAIN + VALIDATION);
  for (const part of [labels.subarray(0, TRAIN), labels.subarray(TRAIN)]) {
    expect(part.filter((label) => label === 1)).toHaveLength(part.length / 2);
  }
  for (const place of [...x, ...y]) expect(Math.abs(place)).toBeLessThan(EXTENT);
  expect(pointsOf({ shape: name, noise: 0.1, pointSeed: 1 })).toEqual({ x, y, labels });
  expect(pointsOf({ shape: name, noise: 0.1, pointSeed: 2 }).x).not.toEqual(x);
});

it("goes over the plane row by row from the top", () => {
  const { x, y } = gridOf(2);
  const half = EXTENT / 2;
  for (const [i, place] of [-half, half, -half, half].entries()) expect(x[i]).toBeCloseTo(place, 6);
  for (const [i, place] of [half, half, -half, -half].entries()) expect(y[i]).toBeCloseTo(place, 6);
});

it("draws a circle where numbers go through a level", () => {
  const side = 40;
  const distance = (x: number, y: number) => Math.hypot(x - 19.5, y - 19.5);
  const values = Array.from({ length: side * side }, (_, i) => distance(i % side, Math.floor(i / side)));
  const segments = contour(values, side, 10);
  const length = segments.reduce((sum, [x1, y1, x2, y2]) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
  expect(length).toBeCloseTo(2 * Math.PI * 10, 0);
  for (const [x, y] of segments) expect(distance(x, y)).toBeCloseTo(10, 1);
  expect(contour(values, side, 100)).toEqual([]);
});

it("draws two lines where two corners stand against the other two", () => {
  expect(contour([1, -1, -1, 1], 2, 0)).toHaveLength(2);
});
