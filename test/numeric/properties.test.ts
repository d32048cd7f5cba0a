import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosPi, cosTau, sinTau } from "../../src/numeric/circle.js";
import { erf, erfc } from "../../src/numeric/error-function.js";
import { exp, expm1 } from "../../src/numeric/exponential.js";
import { tanh } from "../../src/numeric/hyperbolic.js";
import { log, log1p } from "../../src/numeric/logarithm.js";
import { pow } from "../../src/numeric/power.js";
import { ulps } from "../kernels/compare.js";

/** Any double from low to high, zeros of both signs and subnormals included. */
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anything = fc.double();
/** Turns that are a whole number of 2³² parts, as a random generator hands them over. */
const word = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((n) => n / 2 ** 32);

function check<T>(arbitrary: fc.Arbitrary<T>, body: (value: T) => void): void {
  fc.assert(
    fc.property(arbitrary, (value) => {
      body(value);
    }),
    { numRuns: 2000 },
  );
}

function expectClose(got: number, want: number, limit: number): void {
  const distance = ulps(got, want, "float64");
  if (distance > limit) throw new Error(`${got} is ${distance} ulp from ${want}`);
}

function expectSame(got: number, want: number): void {
  if (!Object.is(got, want)) throw new Error(`${got} is not ${want}`);
}

describe("identities", () => {
  it("e^a · e^−a = 1", () => check(between(-700, 700), (a) => expectClose(exp(a) * exp(-a), 1, 2)));

  it("ln eˣ = x, as far as the rounding of eˣ lets it", () =>
    check(between(-700, 700), (x) =>
      expect(Math.abs(log(exp(x)) - x)).toBeLessThan(3e-16 + 2e-16 * Math.abs(x)),
    ));

  it("ln(1 + (eˣ − 1)) = x near 0", () =>
    check(between(-1e-3, 1e-3), (x) => expectClose(log1p(expm1(x)), x, 2)));

  it("eˣ − 1 agrees with expm1 where nothing cancels", () =>
    check(between(2, 700), (x) => expectClose(expm1(x), exp(x) - 1, 2)));

  it("ln(1 + x) agrees with log1p where the sum is exact", () =>
    check(fc.integer({ min: 0, max: 2 ** 50 }), (n) => expectSame(log1p(n), log(1 + n))));

  it("erf + erfc = 1", () => check(between(-30, 30), (x) => expect(erf(x) + erfc(x)).toBeCloseTo(1, 15)));

  it("erfc −x = 2 − erfc x", () => check(between(0, 30), (x) => expectClose(erfc(-x), 2 - erfc(x), 1)));

  it("tanh x = (e²ˣ − 1) / (e²ˣ + 1)", () =>
    check(between(-20, 20), (x) => expectClose(tanh(x), expm1(2 * x) / (expm1(2 * x) + 2), 4)));

  it("cos² + sin² = 1", () => check(word, (u) => expectClose(cosTau(u) ** 2 + sinTau(u) ** 2, 1, 4)));

  it("x¹ = x and x⁻¹ = 1/x, and x^½ = √x", () =>
    check(between(1e-300, 1e300), (x) => {
      expectSame(pow(x, 1), x);
      expectClose(pow(x, -1), 1 / x, 1);
      expectClose(pow(x, 0.5), Math.sqrt(x), 1);
    }));

  it("powers of whole numbers that fit are exact", () =>
    check(fc.tuple(fc.integer({ min: -200, max: 200 }), fc.nat(6)), ([base, n]) => {
      let product = 1;
      for (let i = 0; i < n; i++) product *= base;
      expectSame(pow(base, n), product);
    }));

  it("powers of two are exact", () => {
    for (let k = -1074; k <= 1023; k++) {
      expectSame(pow(2, k), k < -1022 ? 2 ** -1022 * 2 ** (k + 1022) : 2 ** k);
      expectSame(pow(4, k / 2), pow(2, k));
    }
  });
});

describe("symmetry, to the bit", () => {
  it.each([
    ["tanh", tanh],
    ["erf", erf],
    ["sinTau", sinTau],
  ])("%s is odd", (_, f) => check(anything, (x) => expectSame(f(-x), -f(x))));

  it("cosTau is even, and cosPi too", () =>
    check(anything, (x) => {
      expectSame(cosTau(-x), cosTau(x));
      expectSame(cosPi(-x), cosPi(x));
    }));

  it("whole turns change nothing, half turns the sign, quarter turns cosine into sine", () =>
    check(fc.tuple(word, fc.integer({ min: 1, max: 2 ** 20 })), ([u, turns]) => {
      expectSame(cosTau(u + turns), cosTau(u));
      expectSame(cosPi(2 * u), cosTau(u));
      expectSame(cosTau(u + 0.5), 0 - cosTau(u));
      expectSame(sinTau(u + 0.25), cosTau(u));
    }));
});

describe("range and order", () => {
  it("stays within the bounds that the true function has", () =>
    check(anything, (x) => {
      fc.pre(!Number.isNaN(x));
      expect(exp(x)).toBeGreaterThanOrEqual(0);
      expect(expm1(x)).toBeGreaterThanOrEqual(-1);
      expect(Math.abs(tanh(x))).toBeLessThanOrEqual(1);
      expect(Math.abs(erf(x))).toBeLessThanOrEqual(1);
      expect(erfc(x)).toBeGreaterThanOrEqual(0);
      expect(erfc(x)).toBeLessThanOrEqual(2);
    }));

  it.each([
    ["exp", exp, -745, 709],
    ["expm1", expm1, -30, 709],
    ["log", log, 1e-300, 1e300],
    ["log1p", log1p, -0.99, 1e300],
    ["tanh", tanh, -18, 18],
    ["erf", erf, -5.5, 5.5],
    ["erfc", (x: number) => -erfc(x), -5, 27],
  ])("%s does not fall between two arguments that are a little apart", (_, f, low, high) =>
    check(fc.tuple(between(low, high), between(1e-15, 1e-3)), ([x, step]) => {
      const next = x + step * Math.max(Math.abs(x), 1e-3);
      expect(f(Math.min(next, high))).toBeGreaterThanOrEqual(f(x));
    }),
  );

  it("does not jump where one way of computing meets another", () => {
    for (const [f, place] of [
      [expm1, 0.1],
      [expm1, 40],
      [tanh, 0.625],
      [erf, 0.5],
      [erfc, 0.5],
      [erfc, 2.5],
    ] as const) {
      const width = place * 2 ** -52;
      expect(ulps(f(place - width), f(place), "float64")).toBeLessThanOrEqual(40 * Math.max(1, place));
    }
  });
});

describe("Math.*", () => {
  it.each([
    ["exp", exp, Math.exp, between(-745, 709)],
    ["expm1", expm1, Math.expm1, between(-745, 709)],
    ["log", log, Math.log, between(0, Number.MAX_VALUE)],
    ["log1p", log1p, Math.log1p, between(-1, Number.MAX_VALUE)],
    ["tanh", tanh, Math.tanh, anything],
  ])("%s agrees within 4 units in the last place", (_, f, expected, arguments_) =>
    check(arguments_, (x) => expectClose(f(x), expected(x), 4)),
  );

  it("pow agrees within 4 units in the last place where the result is moderate", () =>
    check(fc.tuple(between(1e-3, 1e3), between(-5, 5)), ([x, y]) => expectClose(pow(x, y), x ** y, 4)));

  it("pow agrees on every pair of extreme arguments", () => {
    const magnitudes = [
      0,
      5e-324,
      1e-300,
      0.5,
      1 - 2 ** -53,
      1,
      1 + 2 ** -52,
      1.5,
      2,
      3,
      4,
      2 ** 52 + 1,
      2 ** 53,
    ];
    const values = [...magnitudes, 2 ** 53 + 2, 2 ** 64, 1e300, Number.MAX_VALUE, Infinity].flatMap((x) => [
      x,
      -x,
    ]);
    for (const x of [...values, Number.NaN]) {
      for (const y of [...values, Number.NaN]) {
        const [got, want] = [pow(x, y), x ** y];
        const finite = Number.isFinite(want) && want !== 0;
        expect(
          finite ? ulps(got, want, "float64") <= 4 : Object.is(got, want),
          `${x} ** ${y}: ${got}, ${want}`,
        ).toBe(true);
      }
    }
  });
});
