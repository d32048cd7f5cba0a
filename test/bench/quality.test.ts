import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pathOf, readSet, standardized } from "../../bench/quality/data.js";
import { foldsOf, others } from "../../bench/quality/folds.js";
import { recipes, score } from "../../bench/quality/network.js";
import { paired } from "../../bench/quality/paired.js";
import { sets } from "../../bench/quality/settings.js";
import { shift, shifted } from "../../bench/quality/shifted.js";
import { Matrix } from "../../src/index.js";

const [iris, cancer, diabetes] = ["iris", "breast-cancer", "diabetes"].map(
  (name) => sets.find((set) => set.name === name)!,
);

describe("sets of real data", () => {
  test.each(sets)("$name has the rows and columns that are stated", async (set) => {
    const { x, y } = await readSet(set);
    expect([x.rows, x.cols, y.rows, y.cols]).toEqual([set.rows, set.inputs, set.rows, 1]);
    const lines = readFileSync(pathOf(set), "utf8").trimEnd().split("\n");
    expect(lines.length).toBe(set.rows + 1);
    expect(lines[0].split(",").at(-1)).toBe(set.target);
    const labels = [...new Set(y.data)].sort((a, b) => a - b);
    if (set.classes > 0) expect(labels).toEqual(Array.from({ length: set.classes }, (_, c) => c));
    else expect(labels.length).toBeGreaterThan(100);
  });

  test("the means are those of the sources", async () => {
    // R. A. Fisher, 1936: 5.843, 3.057, 3.758, 1.199 cm.
    const flowers = (await readSet(iris)).x.mean("cols");
    expect([...flowers.data].map((x) => Number(x.toFixed(3)))).toEqual([5.843, 3.057, 3.758, 1.199]);
    expect((await readSet(diabetes)).y.mean()).toBeCloseTo(152.13, 2);
  });

  test("are described, each of them", () => {
    const text = readFileSync(new URL("../../examples/data/README.md", import.meta.url), "utf8");
    for (const { name, rows, inputs } of sets) {
      expect(text).toMatch(
        new RegExp(`\`${name}\\.csv\` \\| ${rows.toLocaleString("en-US")} \\| ${inputs} \\|`),
      );
    }
  });
});

describe("folds", () => {
  test("hold every row once a repetition, and classes in equal shares", async () => {
    const { y } = await readSet(iris);
    const folds = foldsOf(iris, y, 10, 2, 1);
    expect(folds.length).toBe(20);
    for (const repeat of [folds.slice(0, 10), folds.slice(10)]) {
      expect(repeat.flat().sort((a, b) => a - b)).toEqual(others(150, []));
    }
    for (const fold of folds) {
      expect([0, 1, 2].map((c) => fold.filter((row) => y.data[row] === c).length)).toEqual([5, 5, 5]);
    }
    expect(folds[0]).not.toEqual(folds[10]);
    expect(foldsOf(iris, y, 10, 2, 1)).toEqual(folds);
    expect(foldsOf(iris, y, 10, 2, 2)).not.toEqual(folds);
  });

  test("leave the other rows to train on", () => {
    expect(others(5, [3, 1])).toEqual([0, 2, 4]);
  });

  test("are standardized by the training part alone", () => {
    const train = Matrix.from([
      [1, 7],
      [3, 7],
    ]); // means 2 and 7, deviations 1 and 0
    const { train: a, test: b } = standardized(train, Matrix.from([[5, 9]]));
    expect(a.toArray()).toEqual([
      [-1, 0],
      [1, 0],
    ]);
    expect(b.toArray()).toEqual([[3, 0]]);
  });
});

describe("paired differences", () => {
  test("by hand", () => {
    // Differences 1, 3, 1, 3: mean 2, s² = 4/3, s/√4 = 0.577…, s·√(1/4 + 1/1) = 1.291.
    const result = paired([2, 4, 3, 5], [1, 1, 2, 2], 2);
    expect([result.ours, result.theirs, result.difference]).toEqual([3.5, 1.5, 2]);
    expect(result.standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(result.correctedError).toBeCloseTo(Math.sqrt((4 / 3) * (5 / 4)), 12);
    expect(result.verdict).toBe("better");
  });

  test("the verdict turns at one standard error", () => {
    expect(paired([0, 1], [1, 0], 2).verdict).toBe("no worse"); // −1 and 1
    expect(paired([1, 1], [2, 2], 2).verdict).toBe("worse");
    expect(paired([1, 1], [1, 1], 2).verdict).toBe("no worse");
  });
});

describe("moved pictures", () => {
  test("by one pixel, with zeros behind", () => {
    const moved = (down: number, right: number) => {
      const to = new Float32Array(4);
      shift([1, 2, 3, 4], to, 2, down, right);
      return [...to];
    };
    expect(moved(0, 0)).toEqual([1, 2, 3, 4]);
    expect(moved(1, 0)).toEqual([0, 0, 1, 2]);
    expect(moved(0, -1)).toEqual([2, 0, 4, 0]);
    expect(moved(-1, 1)).toEqual([0, 3, 0, 0]);
  });

  test("come once a pass, with their labels, in another order in the next", () => {
    const rows = Array.from({ length: 10 }, (_, i) => [0, 0, 0, 0, i + 1, 0, 0, 0, 0]); // the middle of 3 × 3
    const batch = { x: Matrix.from(rows), y: Matrix.from(rows.map((_, i) => [i])) };
    const source = shifted(batch, { side: 3, batchSize: 4, seed: 1 });
    const passes = [[...source], [...source]];
    expect(passes[0].map(({ x }) => x.rows)).toEqual([4, 4, 2]);
    const labels = passes.map((pass) => pass.flatMap(({ y }) => [...y.data]));
    expect([...labels[0]].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(labels[0]).not.toEqual(labels[1]);
    for (const { x, y } of passes.flat()) {
      for (let r = 0; r < x.rows; r++) expect(x.row(r).sum()).toBe(y.at(r, 0) + 1);
    }
  });
});

test("a network learns iris: three folds, far above chance", async () => {
  const data = await readSet(iris);
  const scores: number[] = [];
  for (const [seed, fold] of foldsOf(iris, data.y, 3, 1, 1).entries()) {
    scores.push(await score(iris, data, fold, seed));
  }
  expect(scores.reduce((sum, s) => sum + s, 0) / 3).toBeGreaterThanOrEqual(0.9);
});

test.each(recipes)(
  "a network learns breast cancer, where two classes have one output or two: %s",
  async (recipe) => {
    const data = await readSet(cancer);
    const [fold] = foldsOf(cancer, data.y, 3, 1, 1);
    expect(await score(cancer, data, fold, 0, recipe)).toBeGreaterThan(0.92);
  },
);

test("the penalty reaches the network: one that is far too large leaves little to learn", async () => {
  const data = await readSet(diabetes);
  const [fold] = foldsOf(diabetes, data.y, 5, 1, 1);
  expect(await score(diabetes, data, fold, 0, "same", 1000)).toBeLessThan(0.1);
});

test("a network learns diabetes: R² far above 0, that of the mean", async () => {
  const data = await readSet(diabetes);
  const [fold] = foldsOf(diabetes, data.y, 5, 1, 1);
  expect(await score(diabetes, data, fold, 0, "own")).toBeGreaterThan(0.25);
});
