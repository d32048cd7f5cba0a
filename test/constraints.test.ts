import { Matrix, Random } from "chainrule";
import { describe, expect, it } from "vitest";
import { type Constraint, maxNorm, minMaxNorm, nonNegative, unitNorm } from "../src/constraints.js";

/** What a constraint makes of rows in float64. */
function made(constrain: Constraint, rows: readonly number[][]): number[][] {
  const w = Matrix.from(rows, "float64");
  constrain(w);
  return w.toArray();
}

/** Columns of lengths 5, ½, 0 and 13. */
const rows = [
  [3, 0.3, 0, -5],
  [4, -0.4, 0, 12],
];

const norms = ([a, b]: number[][]) => a.map((x, c) => Math.sqrt(x * x + b[c] * b[c]));
const near = (numbers: readonly number[]) => numbers.map((x) => expect.closeTo(x, 14));

describe("maxNorm", () => {
  it("shortens columns that are too long, and leaves the others to the last bit", () => {
    const [a, b] = made(maxNorm(), rows);
    expect([a[0], b[0], a[3], b[3]]).toEqual(near([6 / 5, 8 / 5, -10 / 13, 24 / 13]));
    expect([a[1], b[1], a[2], b[2]]).toEqual([0.3, -0.4, 0, 0]);
    expect(made(maxNorm({ max: 0 }), [[1, 0]])).toEqual([[0, 0]]);
  });

  it("measures columns, not rows", () => {
    const ones = Array.from({ length: 3 }, () => [1]);
    expect(norms3(made(maxNorm({ max: 1 }), ones))).toBeCloseTo(1, 14);
    expect(made(maxNorm({ max: 1 }), [[1, 1, 1]])).toEqual([[1, 1, 1]]);
  });
});

const norms3 = (column: number[][]) => Math.sqrt(column.reduce((sum, [x]) => sum + x * x, 0));

describe("minMaxNorm", () => {
  it("takes lengths into its range", () => {
    expect(norms(made(minMaxNorm({ min: 1, max: 6 }), rows))).toEqual(near([5, 1, 0, 6]));
    expect(norms(made(minMaxNorm(), rows))).toEqual(near([1, 0.5, 0, 1]));
  });

  it("goes a share of the way", () => {
    // 13 → 0.75 · 13 + 0.25 · 9 = 12, ½ → 0.75 · 0.5 + 0.25 · 2.5 = 1
    const constrain = minMaxNorm({ min: 2.5, max: 9, rate: 0.25 });
    expect(norms(made(constrain, rows))).toEqual(near([5, 1, 0, 12]));
  });

  it.each<[RegExp, object]>([
    [/^minMaxNorm expects `min` of at most `max`, but got 2 and 1\.$/, { min: 2 }],
    [/^minMaxNorm expects `rate` to be a number above 0, and at most 1, but got 0/, { rate: 0 }],
    [/^minMaxNorm expects `rate`/, { rate: 1.1 }],
    [/only the options min, max, rate, but got "maximum"/, { maximum: 1 }],
  ])("refuses %s", (message, options) => {
    expect(() => minMaxNorm(options)).toThrow(message);
  });
});

it("nonNegative puts 0 where there is less", () => {
  expect(made(nonNegative(), rows)).toEqual([
    [3, 0.3, 0, 0],
    [4, 0, 0, 12],
  ]);
});

describe("unitNorm", () => {
  it("keeps directions, and columns of zeros", () => {
    const [a, b] = made(unitNorm(), rows);
    expect(a).toEqual(near([3 / 5, 0.6, 0, -5 / 13]));
    expect(b).toEqual(near([4 / 5, -0.8, 0, 12 / 13]));
  });

  it.each([1e300, 1e-300, 5e-324])("has the right length where squares do not fit: %d", (x) => {
    const [[a], [b]] = made(unitNorm(), [[x], [x]]);
    expect([a, b]).toEqual(near([Math.SQRT1_2, Math.SQRT1_2]));
  });

  it("holds in float32", () => {
    const random = Random.fromSeed(2);
    const w = Matrix.zeros(50, 20).map((_, r, c) => random.normal(20 * r + c));
    unitNorm()(w);
    for (const column of w.transpose().toArray()) {
      expect(column.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 6);
    }
  });
});

it("constraints leave what is constrained already, and say how to make them again", () => {
  for (const constrain of [maxNorm({ max: 3 }), minMaxNorm({ min: 1, max: 2 }), nonNegative(), unitNorm()]) {
    const once = made(constrain, rows);
    const twice = made(constrain, once).flat();
    for (const [i, x] of once.flat().entries()) expect(twice[i]).toBeCloseTo(x, 14);
  }
  expect([maxNorm({ max: 3 }).type, maxNorm({ max: 3 }).options]).toEqual(["maxNorm", { max: 3 }]);
  expect([unitNorm().type, nonNegative().type, minMaxNorm().type]).toEqual([
    "unitNorm",
    "nonNegative",
    "minMaxNorm",
  ]);
  expect(() => maxNorm({ max: -1 })).toThrow(/^maxNorm expects `max` to be a finite number of at least 0/);
});
