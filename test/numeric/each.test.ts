import { describe, expect, it } from "vitest";
import { expEach } from "../../src/numeric/each.js";
import { exp } from "../../src/numeric/exponential.js";

const { MIN_VALUE, MAX_VALUE, POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN: none } = Number;
const extremes = [
  0,
  -0,
  MIN_VALUE,
  -MIN_VALUE,
  MAX_VALUE,
  -MAX_VALUE,
  POSITIVE_INFINITY,
  NEGATIVE_INFINITY,
  none,
];
const powers = Array.from({ length: 2098 }, (_, i) => 1.25 * 2 ** (i - 1074));
const exponents = Array.from({ length: 3000 }, (_, i) => (i - 1500) * 0.5003);

describe("expEach", () => {
  const numbers = [...extremes, ...powers, ...exponents];

  it("has the bits of the function of one number", () => {
    const x = Float64Array.from(numbers);
    expEach(x, x.length);
    expect(new BigUint64Array(x.buffer)).toEqual(
      new BigUint64Array(Float64Array.from(numbers, (v) => exp(v)).buffer),
    );
  });

  it("leaves what is beyond the count", () => {
    const x = Float64Array.of(1, 2, 3);
    expEach(x, 2);
    expect([...x]).toEqual([exp(1), exp(2), 3]);
  });
});
