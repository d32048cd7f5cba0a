import { accuracy, Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import * as metrics from "../src/metrics.js";

/** The accuracy of some rows, gathered in the given pieces. */
function measured(
  y: Matrix,
  target: Matrix,
  {
    weight,
    meaning = "probability",
    cuts = [],
  }: { weight?: Matrix; meaning?: "probability" | "logit" | "value"; cuts?: number[] } = {},
): number {
  const accumulator = accuracy().start(meaning);
  let start = 0;
  for (const end of [...cuts, y.rows]) {
    accumulator.add(y.slice(start, end), target.slice(start, end), weight?.slice(start, end));
    start = end;
  }
  return accumulator.value();
}

const y = Matrix.from([
  [0.7, 0.2, 0.1],
  [0.1, 0.1, 0.8],
  [0.3, 0.4, 0.3],
  [0.2, 0.5, 0.3],
]);
const indices = Matrix.from([[0], [1], [1], [1]]); // three of four are found
const oneHot = Matrix.from([
  [1, 0, 0],
  [0, 1, 0],
  [0, 1, 0],
  [0, 1, 0],
]);

describe("accuracy", () => {
  it("takes indices, one-hot rows and shares alike", () => {
    const shares = oneHot.mul(0.6).add(0.1);
    for (const target of [indices, oneHot, shares]) expect(measured(y, target)).toBe(0.75);
  });

  it("counts rows by their weight", () => {
    const weight = Matrix.from([[1], [5], [0], [2]]);
    expect(measured(y, indices, { weight })).toBe(3 / 8);
    expect(measured(y, oneHot, { weight: Matrix.from([[0], [1], [0], [0]]) })).toBe(0);
  });

  it("is the same however the rows are cut", () => {
    const weight = Matrix.from([[1], [5], [0], [2]]);
    for (const cuts of [[1], [1, 2, 3], [2], [0, 4]])
      expect(measured(y, indices, { weight, cuts })).toBe(3 / 8);
  });

  it("takes one output as yes or no: a probability above ½, a logit above 0", () => {
    const target = Matrix.from([[1], [0], [1], [0]]);
    const p = Matrix.from([[0.6], [0.5], [0.4], [0.6]]);
    expect(measured(p, target)).toBe(0.5);
    expect(measured(p, target, { meaning: "value" })).toBe(0.5);
    expect(measured(Matrix.from([[3], [0], [0.1], [-1]]), target, { meaning: "logit" })).toBe(1);
    expect(measured(Matrix.from([[0.4]]), Matrix.from([[1]]), { meaning: "logit" })).toBe(1);
  });

  it("takes the first of equal outputs, and huge ones as they are", () => {
    const ties = Matrix.from([
      [5, 5],
      [5, 5],
      [1000, -1000],
      [-Infinity, 0],
    ]);
    expect(measured(ties, Matrix.from([[0], [1], [0], [1]]), { meaning: "logit" })).toBe(0.75);
  });

  it("of nothing is no number", () => {
    expect(accuracy().start("logit").value()).toBeNaN();
    expect(measured(y.slice(0, 0), indices.slice(0, 0))).toBeNaN();
    expect(measured(y, indices, { weight: Matrix.zeros(4, 1) })).toBeNaN();
  });

  it("starts anew for every epoch", () => {
    const metric = accuracy();
    metric.start("logit").add(y, indices);
    const second = metric.start("logit");
    second.add(y.slice(1, 2), indices.slice(1, 2));
    expect(second.value()).toBe(0);
  });

  it("refuses targets of another width", () => {
    expect(() => measured(y, Matrix.zeros(4, 2))).toThrow(
      /^accuracy expects targets of 1 or 3 columns, but got 2\.$/,
    );
  });
});

it.each([[[]], [[3]], [[1, 2, 3]]])("accuracy refuses %j as a saved state, and keeps its own", (state) => {
  const accumulator = accuracy().start("probability");
  accumulator.add(y, indices);
  expect(() => {
    accumulator.state = state;
  }).toThrow(
    `accuracy expects a state of 2 numbers, but got ${state.length} numbers. It is of another metric, or damaged.`,
  );
  expect(accumulator.value()).toBe(0.75);
});

it.each(Object.entries(metrics))(
  "%s is called in the history what its factory is called",
  (name, factory) => {
    expect(factory().name).toBe(name);
  },
);
