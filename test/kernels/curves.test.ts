import { describe, expect, it } from "vitest";
import * as curves from "../../src/kernels/curves.js";
import type { Curve } from "../../src/kernels/kernels.js";

// The values of the curves are golden numbers; here are the points where there is a choice.

const all = Object.entries(curves).filter((entry): entry is [string, Curve] => typeof entry[1] === "object");
const slopeAt = ({ f, df }: Curve, x: number, parameter: number) => df(x, f(x, parameter), parameter);

describe("at a corner the derivative is that of the left side, as in PyTorch", () => {
  it.each([0, -0])("%s", (zero) => {
    expect(slopeAt(curves.relu, zero, 0)).toBe(0);
    expect(slopeAt(curves.leakyRelu, zero, 0.25)).toBe(0.25);
    expect(slopeAt(curves.elu, zero, 0.5)).toBe(0.5);
  });

  it("and beside it that of either side", () => {
    for (const [x, left] of [
      [-5e-324, true],
      [5e-324, false],
    ] as const) {
      expect(slopeAt(curves.relu, x, 0)).toBe(left ? 0 : 1);
      expect(slopeAt(curves.leakyRelu, x, 0.25)).toBe(left ? 0.25 : 1);
    }
  });
});

describe.each(all)("%s", (_, curve) => {
  it("keeps a NaN", () => {
    expect(curve.f(Number.NaN, 0.5)).toBeNaN();
  });

  it("is finite wherever its argument is, and so is its derivative", () => {
    for (const x of [1e308, 1000, 30, 1e-300, 5e-324, 0]) {
      for (const signed of [x, -x]) {
        expect(Math.abs(curve.f(signed, 0.5)), `f(${signed})`).toBeLessThanOrEqual(Math.abs(signed) + 2);
        expect(Math.abs(slopeAt(curve, signed, 0.5)), `f′(${signed})`).toBeLessThan(1.2);
      }
    }
  });
});

it("softplus is x where β·x overflows", () => {
  for (const x of [1e307, 1e308]) expect(curves.softplus.f(x, 20)).toBe(x);
  expect(curves.softplus.f(-1e308, 20)).toBe(0);
});
