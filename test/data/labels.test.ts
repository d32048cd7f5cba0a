import { Matrix, oneHot } from "chainrule";
import { describe, expect, it } from "vitest";
import { weighByClass } from "../../src/data/class-weight.js";
import { expectBatch } from "../../src/data/expect-batch.js";

describe("oneHot", () => {
  it("puts a 1 into the column of each label", () => {
    expect(oneHot([2, 0, 2], 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(oneHot(Uint8Array.of(1), 2, "float64").dtype).toBe("float64");
    expect(oneHot([], 4)).toMatchObject({ rows: 0, cols: 4 });
  });

  it("is undone by argmax", () => {
    const labels = [3, 1, 0, 2, 3];
    expect([...oneHot(labels, 4).argmax("rows").data]).toEqual(labels);
  });

  it.each([3, -1, 0.5, Number.NaN, "1"])("refuses the label %s", (label) => {
    expect(() => oneHot([0, label as number], 3)).toThrow(
      /^oneHot expects labels from 0 to 2, but got .* at 1\.$/,
    );
  });
});

describe("class weights", () => {
  const x = Matrix.zeros(3, 2);
  const y = Matrix.from([[0], [2], [1]]);
  const weightsOf = (
    ...[batch, classWeight]: [Parameters<typeof weighByClass>[1], Record<number, number> | number[]]
  ) => weighByClass("fit", batch, classWeight).sampleWeight?.toArray().flat();

  it("are taken by index, one-hot row or largest share; a class that is not named counts 1", () => {
    const shares = Matrix.from([
      [0.5, 0.3, 0.2],
      [0, 0.1, 0.9],
      [0.2, 0.6, 0.2],
    ]);
    for (const target of [y, oneHot([0, 2, 1], 3), shares]) {
      expect(weightsOf({ x, y: target }, { 0: 3, 2: 0.5 })).toEqual([3, 0.5, 1]);
      expect(weightsOf({ x, y: target }, [3, 4, 0])).toEqual([3, 0, 4]);
    }
  });

  it("multiply the weight of the row", () => {
    const sampleWeight = Matrix.from([[2], [2], [0]]);
    expect(weightsOf({ x, y, sampleWeight }, { 0: 3, 1: 5 })).toEqual([6, 2, 0]);
    expect(sampleWeight.toArray()).toEqual([[2], [2], [0]]);
  });

  it("need classes as targets", () => {
    const values = Matrix.from([[0.5], [0], [1]]);
    expect(() => weightsOf({ x, y: values }, { 0: 1 })).toThrow(
      /^fit expects class indices .*, but got 0\.5 in row 0\. For other targets, weigh rows by `sampleWeight`\.$/,
    );
  });
});

describe("expectBatch", () => {
  const [x, y] = [Matrix.zeros(2, 3), Matrix.zeros(2, 1)];
  const wrong = (value: unknown) => value as never;

  it("gives back a batch that fits", () => {
    const batch = { x, y, sampleWeight: Matrix.from([[0], [2]]) };
    expect(expectBatch("fit", batch)).toBe(batch);
    expect(expectBatch("fit", { x, y })).toEqual({ x, y });
  });

  it.each([
    [/^fit expects data \{ x, y \}, but got null/, wrong(null)],
    [/^fit expects `x` to be a Matrix, but got an array of 1\. Use Matrix\.from/, { x: wrong([[1]]), y }],
    [/^fit expects `y` to be a Matrix, but got undefined/, wrong({ x })],
    [/^fit expects as many rows of `x` as of `y`, but got 2 and 3\.$/, { x, y: Matrix.zeros(3, 1) }],
    [/^fit expects `y` in float32, as `x`, but got float64/, { x, y: y.as("float64") }],
    [/^fit expects as many rows of `x` as of `sampleWeight`/, { x, y, sampleWeight: Matrix.zeros(1, 1) }],
    [/^fit expects `sampleWeight` \[2 × 1\]/, { x, y, sampleWeight: Matrix.zeros(2, 2) }],
    [
      /^fit expects finite weights of at least 0, but got -1\.$/,
      { x, y, sampleWeight: Matrix.from([[1], [-1]]) },
    ],
    [
      /^fit expects finite weights .*, but got NaN\.$/,
      { x, y, sampleWeight: Matrix.from([[1], [Number.NaN]]) },
    ],
    [/Did you mean "sampleWeight"\?$/, wrong({ x, y, sampleWeights: y })],
  ])("%s", (message, batch) => {
    expect(() => expectBatch("fit", batch)).toThrow(message);
  });
});
