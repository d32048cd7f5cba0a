import { expect, it } from "vitest";
import { layoutOf, pixelAt, unitNear } from "../../../examples/digits-page/think/draw/layout.js";
import { number, percent } from "../../../examples/digits-page/think/format.js";
import { progressAt, stopsOf } from "../../../examples/digits-page/think/step/timeline.js";
import { nextPlace } from "../../../examples/digits-page/think/view/walk.js";

const networks = [[10], [16, 10], [128, 32, 10], [64, 64, 64, 10], [512, 10], [1024, 1024, 10]];
const widths = [320, 700, 980, 1300];
const cases = networks.flatMap((units) => widths.map((width) => [units, width] as const));

it.each(cases)("has room for every unit, apart from the others: %j in %i pixels", (units, width) => {
  const layout = layoutOf(units, width);
  for (const { x, y, radius } of layout.stages) {
    expect(radius).toBeGreaterThan(0.5);
    expect(Math.min(...x, ...y)).toBeGreaterThanOrEqual(radius);
    expect(Math.max(...x)).toBeLessThanOrEqual(width - radius);
    expect(Math.max(...y)).toBeLessThanOrEqual(layout.height - radius);
    for (let i = 1; i < x.length; i++) {
      if (Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]) < 2 * radius) expect.fail(`unit ${i} is too near`);
    }
  }
  // One stage after the other, the picture first.
  const along = layout.down ? "y" : "x";
  const edge = layout.image[along] + layout.image.side;
  const starts = layout.stages.map((stage) => Math.min(...stage[along]));
  expect([edge, ...starts]).toEqual([edge, ...starts].sort((a, b) => a - b));
});

it("finds the unit under a pointer", () => {
  const layout = layoutOf([128, 32, 10], 980);
  for (const [stage, { x, y }] of layout.stages.entries()) {
    for (const unit of x.keys()) expect(unitNear(layout, x[unit] + 1, y[unit] - 1)).toEqual({ stage, unit });
  }
  expect(unitNear(layout, ...pixelAt(layout, 400))).toBeUndefined();
});

it("walks to every unit with the arrow keys", () => {
  const layout = layoutOf([128, 32, 10], 980);
  const start = nextPlace(layout, undefined, "ArrowRight");
  const found = new Map([["0,0", start]]);
  for (const place of found.values()) {
    for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
      const next = nextPlace(layout, place, key);
      if (next !== undefined) found.set(`${next.stage},${next.unit}`, next);
    }
  }
  expect(found.size).toBe(128 + 32 + 10);
  expect(nextPlace(layout, start, "a")).toBeUndefined();
});

it("has stops from the pixels to the answer and back", () => {
  expect(stopsOf(2, false).map(({ kind }) => kind)).toEqual(["pixels", "stage", "stage", "probabilities"]);
  expect(
    stopsOf(2, true)
      .slice(4)
      .map((stop) => ("stage" in stop ? `${stop.kind} ${stop.stage}` : stop.kind)),
  ).toEqual(["loss", "gradient 1", "gradient 0", "byPixel"]);
});

it("lights a layer up from the one before, and carries the gradient from the one after", () => {
  const shares = (playhead: number) => {
    const at = progressAt(playhead, 2);
    const stages = [0, 1].flatMap((k) => [at.flow(k), at.lit(k)]);
    const back = [1, 0].flatMap((k) => [at.gradient(k), at.carry(k)]);
    return [...stages, at.probabilities, at.loss, ...back, at.byPixel];
  };
  const ends = stopsOf(2, true).length - 1;
  expect(shares(0).every((share) => share === 0)).toBe(true);
  expect(shares(ends).every((share) => share === 1)).toBe(true);
  for (let playhead = 0; playhead <= ends; playhead += 0.01) {
    const all = shares(playhead);
    // Nothing begins before half of what it follows from has happened.
    for (let i = 1; i < all.length; i++) if (all[i] > 0) expect(all[i - 1]).toBeGreaterThan(0.3);
  }
});

it("writes numbers as people do", () => {
  expect([0, 1, -0.03125, 1234.5, 1.6e-5, -2.5e12].map(number)).toEqual([
    "0",
    "1.00",
    "−0.0313",
    "1235",
    "1.6·10⁻⁵",
    "−2.5·10¹²",
  ]);
  expect([1, 0.973, 0].map(percent)).toEqual([
    "over\u00a099.9\u00a0%",
    "97.3\u00a0%",
    "under\u00a00.1\u00a0%",
  ]);
});
