import { l1, l1l2, l2, Matrix, type Regularizer } from "chainrule";
import { expect, it } from "vitest";

const w = Matrix.from(
  [
    [1, -2, 0.5],
    [0, 3, -0.25],
  ],
  "float64",
);
const absolute = 6.75; // Σ|w|
const square = 14.3125; // Σw²

const cases: readonly [string, Regularizer, value: number][] = [
  ["l1()", l1(), 0.01 * absolute],
  ["l1({ lambda })", l1({ lambda: 2 }), 2 * absolute],
  ["l2()", l2(), 0.01 * square],
  ["l2({ lambda })", l2({ lambda: 0.5 }), 0.5 * square],
  ["l1l2()", l1l2(), 0.01 * absolute + 0.01 * square],
  ["l1l2({ l1, l2 })", l1l2({ l1: 2, l2: 0 }), 2 * absolute],
  ["no penalty", l2({ lambda: 0 }), 0],
];

it.each(cases)("%s has its value", (_, penalty, value) => {
  expect(penalty(w)).toBeCloseTo(value, 14);
  expect(penalty(Matrix.zeros(0, 3))).toBe(0);
});

it.each(cases)("%s adds its derivative to the gradient", (_, penalty) => {
  const grad = Matrix.full(2, 3, 10, "float64");
  expect(penalty(w, grad)).toBe(penalty(w));
  const h = 2 ** -20;
  const differences = w.map((_, r, c) => {
    const moved = (by: number) => penalty(w.map((x, i, j) => (i === r && j === c ? x + by : x)));
    return 10 + (moved(h) - moved(-h)) / (2 * h);
  });
  // At 0, where |w| has a corner, the central difference is 0, as the derivative is said to be.
  expect(grad.isClose(differences, { rtol: 1e-8 })).toBe(true);
  expect(w.at(1, 1)).toBe(3);
});

it("wrong options are refused, and factories are named", () => {
  expect(() => l1({ lambda: -1 })).toThrow(
    /^l1 expects `lambda` to be a finite number of at least 0, but got -1/,
  );
  expect(() => l2(0.01 as never)).toThrow(/^l2 expects an options object, but got 0\.01/);
  expect(() => l1l2({ lambda: 1 } as never)).toThrow(/^l1l2 expects only the options l1, l2/);
  const { type, options } = l1l2({ l1: 1 });
  expect([type, options]).toEqual(["l1l2", { l1: 1 }]);
});
