import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scale, upperWord } from "../../src/numeric/binary.js";
import { logInto } from "../../src/numeric/logarithm.js";
import { productError, squareError, sumError } from "../../src/numeric/round-off.js";
import { INVERSES, NEAREST, ROOTS, STEPS } from "../../src/numeric/steps.js";

/** Whole numbers of up to 53 bits: their sums and products are exact as BigInt. */
const whole = fc.maxSafeInteger();

describe("what rounding lost", () => {
  it("is exact for sums", () =>
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 0, max: 60 }), (a, b, shift) => {
        const large = b * 2 ** shift;
        const sum = a + large;
        expect(BigInt(sum) + BigInt(sumError(a, large, sum))).toBe(BigInt(a) + BigInt(large));
      }),
    ));

  it("is exact for products and squares", () =>
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(BigInt(a * b) + BigInt(productError(a, b, a * b))).toBe(BigInt(a) * BigInt(b));
        expect(BigInt(a * a) + BigInt(squareError(a, a * a))).toBe(BigInt(a) * BigInt(a));
      }),
    ));
});

describe("scale", () => {
  it("multiplies by a power of two, rounding once", () => {
    for (let k = -1080; k <= 1080; k++) {
      // 1.000…01 · 2^k in two steps that are exact, unless the last one rounds.
      const [x, first] = [1 + 2 ** -52, Math.max(-1000, Math.min(1000, k))];
      expect(scale(x, k)).toBe(x * 2 ** first * 2 ** (k - first));
    }
    expect(scale(5e-324, 1074)).toBe(1);
  });
});

describe("upperWord", () => {
  it("is the half of a double with its sign and exponent", () => {
    const view = new DataView(new ArrayBuffer(8));
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        view.setFloat64(0, x);
        expect(upperWord(x)).toBe(view.getInt32(0));
      }),
    );
  });
});

describe("the ladder of steps", () => {
  /** A double as a whole number of 2⁻¹⁶⁰. */
  const fixed = (x: number) => BigInt(x * 2 ** 80 * 2 ** 80);

  it("has roots that are 2 when raised to the 32nd power, to 100 bits", () => {
    for (let j = 0; j < STEPS; j++) {
      const root = fixed(ROOTS[2 * j]) + fixed(ROOTS[2 * j + 1]);
      let power = 1n << 160n;
      for (let i = 0; i < STEPS; i++) power = (power * root) >> 160n;
      const difference = power - (1n << BigInt(160 + j));
      expect(difference < 0n ? -difference : difference).toBeLessThan(1n << BigInt(160 + j - 95));
    }
  });

  it("has inverses that give 1 with the roots, to 78 bits, and halves of 26 bits", () => {
    for (let j = 0; j < STEPS; j++) {
      const root = fixed(ROOTS[2 * j]) + fixed(ROOTS[2 * j + 1]);
      const inverse = fixed(INVERSES[2 * j]) + fixed(INVERSES[2 * j + 1]);
      const difference = ((root * inverse) >> 160n) - (1n << 160n);
      expect(difference < 0n ? -difference : difference).toBeLessThan(1n << 82n);
      expect(Number.isInteger(INVERSES[2 * j] * 2 ** 26)).toBe(true);
    }
  });

  it("finds a step next to every fraction", () => {
    NEAREST.forEach((j, i) => {
      const middle = 32 * Math.log2(1 + (i + 0.5) / 256);
      expect(Math.abs(middle - j)).toBeLessThan(0.5001);
    });
  });
});

describe("logInto", () => {
  it("keeps in the second part what the first lacks: ln 2 to 90 bits", () => {
    const rest = new Float64Array(1);
    expect(logInto(rest, 2)).toBe(Math.LN2);
    expect(rest[0]).toBeCloseTo(2.3190468138462996e-17, 27);
  });
});
