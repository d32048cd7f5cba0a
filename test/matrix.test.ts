import { ChainruleError, type DType, Matrix } from "chainrule";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArrayStorage } from "../src/kernels/storage.js";

const m = Matrix.from([
  [1, -2, 3],
  [4, 5, -6],
]);
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe("making a matrix", () => {
  it("wraps an array without copying it, and knows its width", () => {
    const data = new Float64Array([1, 2, 3, 4, 5, 6]);
    const wrapped = new Matrix(2, 3, data);
    expect([wrapped.rows, wrapped.cols, wrapped.dtype]).toEqual([2, 3, "float64"]);
    expect(wrapped.data).toBe(data);
    wrapped.set(1, 0, 40);
    expect(data[3]).toBe(40);
    data[3] = 41;
    expect(wrapped.at(1, 0)).toBe(41);
  });

  it("wraps a part of an array, or of a storage, in its place", () => {
    const whole = new Float32Array([0, 1, 2, 3, 4]);
    for (const part of [whole.subarray(1, 5), new ArrayStorage(whole).part(1, 4)]) {
      const view = new Matrix(2, 2, part);
      view.set(0, 0, view.at(0, 0) + 10);
    }
    expect([...whole]).toEqual([0, 21, 2, 3, 4]);
  });

  it("reads rows, plain or typed, in float32 unless said", () => {
    expect(m.toArray()).toEqual([
      [1, -2, 3],
      [4, 5, -6],
    ]);
    expect(m.dtype).toBe("float32");
    expect(Matrix.from([[0.1]]).at(0, 0)).toBe(Math.fround(0.1));
    expect(Matrix.from([new Float32Array([0.1])], "float64").at(0, 0)).toBe(Math.fround(0.1));
    expect(Matrix.from([[0.1]], "float64").at(0, 0)).toBe(0.1);
    expect(Matrix.from([[nan, -infinity]]).toArray()).toEqual([[nan, -infinity]]);
  });

  it.each(["float32", "float64"] as const)("makes zeros, a full one and the identity in %s", (dtype) => {
    expect([...new Matrix(1, 2).data]).toEqual([0, 0]);
    expect(Matrix.zeros(2, 1, dtype).toArray()).toEqual([[0], [0]]);
    expect(Matrix.full(1, 2, 0.5, dtype).toArray()).toEqual([[0.5, 0.5]]);
    expect(Matrix.identity(2, dtype).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    for (const made of [Matrix.zeros(1, 1, dtype), Matrix.full(1, 1, 1, dtype), Matrix.identity(1, dtype)]) {
      expect(made.dtype).toBe(dtype);
    }
  });

  it("tells a matrix from what only looks like one", () => {
    expect(Matrix.isMatrix(m)).toBe(true);
    for (const other of [null, undefined, 3, [], { rows: 2, cols: 3, data: m.data }]) {
      expect(Matrix.isMatrix(other)).toBe(false);
    }
  });
});

describe("taking a matrix apart", () => {
  it("copies rows, slices, columns of numbers and itself: none is a view", () => {
    const parts = [m.row(1), m.slice(1), m.slice(1, 2), m.gather([1])];
    for (const part of parts) {
      expect(part.toArray()).toEqual([[4, 5, -6]]);
      part.set(0, 0, 99);
    }
    m.copy().set(1, 0, 99);
    m.toArray()[1][0] = 99;
    expect(m.at(1, 0)).toBe(4);
  });

  it("gathers rows in any order, more than once, by any list", () => {
    expect(m.gather([1, 0, 1]).toArray()).toEqual([m.toArray()[1], m.toArray()[0], m.toArray()[1]]);
    expect(m.gather(Uint32Array.of(0)).toArray()).toEqual([[1, -2, 3]]);
    expect(m.gather([]).rows).toBe(0);
    expect(m.slice(1, 1).cols).toBe(3);
  });

  it("converts widths, rounding once, and copies even where there is nothing to convert", () => {
    const wide = Matrix.from([[0.1, 1e300]], "float64");
    expect(wide.as("float32").toArray()).toEqual([[Math.fround(0.1), infinity]]);
    expect(wide.as("float64").data).not.toBe(wide.data);
    expect(m.as("float64").toArray()).toEqual(m.toArray());
  });
});

describe("arithmetic", () => {
  it("takes a matrix, a row or a number, and changes neither side", () => {
    const row = Matrix.from([[1, 2, 4]]);
    expect(m.add(m).toArray()).toEqual(m.mul(2).toArray());
    expect(m.sub(row).toArray()).toEqual([
      [0, -4, -1],
      [3, 3, -10],
    ]);
    expect(m.mul(row).at(1, 2)).toBe(-24);
    expect(m.div(row).at(1, 1)).toBe(2.5);
    expect(m.div(0).row(0).toArray()).toEqual([[infinity, -infinity, infinity]]);
    expect(m.add(0).data).not.toBe(m.data);
    expect(m.at(0, 0)).toBe(1);
    expect(row.toArray()).toEqual([[1, 2, 4]]);
  });

  it("multiplies, transposes and maps", () => {
    expect(m.matmul(m.transpose()).toArray()).toEqual([
      [14, -24],
      [-24, 77],
    ]);
    expect(m.transpose().toArray()).toEqual([
      [1, 4],
      [-2, 5],
      [3, -6],
    ]);
    expect(m.map((x, r, c) => x + 10 * r + 100 * c).toArray()).toEqual([
      [1, 98, 203],
      [14, 115, 204],
    ]);
  });

  it("rounds to the width", () => {
    const third = (dtype: DType) => Matrix.full(1, 1, 1, dtype).div(3).at(0, 0);
    expect([third("float32"), third("float64")]).toEqual([Math.fround(1 / 3), 1 / 3]);
  });
});

describe("reductions", () => {
  it("give a number, a column of one per row, or a row of one per column", () => {
    expect([m.sum(), m.max(), m.argmax()]).toEqual([5, 5, 4]);
    expect(m.mean()).toBeCloseTo(5 / 6, 15);
    expect(m.sum("rows").toArray()).toEqual([[2], [3]]);
    expect(m.sum("cols").toArray()).toEqual([[5, 3, -3]]);
    expect(m.mean("cols").toArray()).toEqual([[2.5, 1.5, -1.5]]);
    expect(m.max("rows").toArray()).toEqual([[3], [5]]);
    expect(m.max("cols").toArray()).toEqual([[4, 5, 3]]);
    expect(m.argmax("rows").toArray()).toEqual([[2], [1]]);
    expect(m.argmax("cols").toArray()).toEqual([[1, 1, 0]]);
    expect(m.as("float64").mean("rows").dtype).toBe("float64");
  });

  it("add up in float64, in float32 too", () => {
    expect(Matrix.from([[2 ** 24, 1, 1]]).sum()).toBe(2 ** 24 + 2);
    expect(
      Matrix.from([[2 ** 24, 1, 1]])
        .sum("rows")
        .at(0, 0),
    ).toBe(2 ** 24 + 2);
    expect(
      Matrix.from([[2 ** 24], [1], [1]])
        .mean("cols")
        .at(0, 0),
    ).toBe(Math.fround((2 ** 24 + 2) / 3));
  });

  it("take the first of equals, and a NaN before everything", () => {
    const ties = Matrix.from([
      [2, 7, 7],
      [nan, 9, nan],
      [-infinity, -infinity, -infinity],
    ]);
    expect(ties.argmax("rows").toArray()).toEqual([[1], [0], [0]]);
    expect(ties.max("rows").toArray()).toEqual([[7], [nan], [-infinity]]);
    expect(ties.argmax()).toBe(3);
    expect(ties.max()).toBeNaN();
  });
});

describe("isClose", () => {
  const one = (x: number) => Matrix.from([[x]], "float64");

  it.each<[a: number, b: number, near: boolean]>([
    [1, 1 + 9e-6, true],
    [1, 1 + 2e-5, false],
    [0, 1e-8, true],
    [0, 2e-8, false],
    [infinity, infinity, true],
    [infinity, -infinity, false],
    [1e300, infinity, false],
    [infinity, 1e300, false],
    [nan, nan, false],
    [0, nan, false],
    [-0, 0, true],
  ])("%d beside %d: %s", (a, b, near) => {
    expect(one(a).isClose(one(b))).toBe(near);
  });

  it("takes tolerances, the relative one of the second number", () => {
    expect(one(100).isClose(one(110), { rtol: 0.095 })).toBe(true);
    expect(one(110).isClose(one(100), { rtol: 0.095 })).toBe(false);
    expect(one(1).isClose(one(1.5), { rtol: 0, atol: 0.5 })).toBe(true);
  });

  it("says no to other sizes, and to one number that differs", () => {
    expect(m.isClose(m.transpose())).toBe(false);
    expect(m.isClose(m.map((x, r, c) => (r === 1 && c === 2 ? x + 1 : x)))).toBe(false);
    expect(m.isClose(m.copy())).toBe(true);
  });
});

describe("empty matrices", () => {
  it("keep their sizes through everything", () => {
    const [none, thin] = [Matrix.zeros(0, 3), Matrix.zeros(2, 0)];
    expect(Matrix.from([]).rows).toBe(0);
    expect(none.toArray()).toEqual([]);
    expect(thin.toArray()).toEqual([[], []]);
    expect(none.transpose().rows).toBe(3);
    expect(thin.matmul(none).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(none.matmul(Matrix.zeros(3, 4)).cols).toBe(4);
    expect(none.add(none).mul(2).add(Matrix.zeros(1, 3)).rows).toBe(0);
    expect([none.sum(), none.sum("cols").toArray(), thin.sum("rows").toArray()]).toEqual([
      0,
      [[0, 0, 0]],
      [[0], [0]],
    ]);
    expect([none.mean("rows").rows, none.isClose(Matrix.zeros(0, 3))]).toEqual([0, true]);
    expect(none.isClose(thin)).toBe(false);
  });

  it.each(["mean", "max", "argmax"] as const)("have no %s", (name) => {
    const message = `Matrix.${name} expects at least one number, but got none.`;
    expect(() => Matrix.zeros(0, 3)[name]()).toThrow(message);
    expect(() => Matrix.zeros(0, 3)[name]("cols")).toThrow(message);
    expect(() => Matrix.zeros(3, 0)[name]("rows")).toThrow(message);
  });
});

describe("errors say what to change", () => {
  const wrong = <T>(value: unknown) => value as T;
  const wide = m.as("float64");

  it.each<[message: RegExp, call: () => unknown]>([
    [/^Matrix \[2 × 2\] expects 4 numbers, but got 3\.$/, () => new Matrix(2, 2, new Float32Array(3))],
    [/^Matrix expects whole numbers of rows and columns, but got -1 and 2\.$/, () => new Matrix(-1, 2)],
    [/but got a Int32Array\. Use Matrix\.from\(rows\)/, () => new Matrix(1, 1, wrong(new Int32Array(1)))],
    [/but got 1 as row 0\. One row: Matrix\.from\(\[row\]\)\.$/, () => Matrix.from(wrong([1, 2]))],
    [/^Matrix\.from expects an array of rows, but got "12"/, () => Matrix.from(wrong("12"))],
    [/rows of one length, 1 as in row 0, but got 2 in row 1\.$/, () => Matrix.from([[1], [1, 2]])],
    [/but got undefined as row 1/, () => Matrix.from([[1], wrong(undefined)])],
    [/but got undefined as row 1/, () => Matrix.from(wrong(Object.assign([[1]], { 2: [2] })))],
    [/expects numbers, but got null in row 0, column 1\.$/, () => Matrix.from([[1, wrong(null)]])],
    [/^Matrix expects "float32" or "float64", but got "int8"\.$/, () => Matrix.zeros(1, 1, wrong("int8"))],
    [/^Matrix\.full expects a number, but got "2"\.$/, () => Matrix.full(1, 1, wrong("2"))],
    [/^Matrix\.at expects a row from 0 to 1, but got 2\. Rows are counted from 0\.$/, () => m.at(2, 0)],
    [/^Matrix\.at expects a column from 0 to 2, but got -1\. Columns/, () => m.at(0, -1)],
    [/expects a column from 0 to 2, but got 0\.5/, () => m.at(0, 0.5)],
    [/^Matrix\.set expects a number, but got "1"\.$/, () => m.set(0, 0, wrong("1"))],
    [/^Matrix\.row expects a row from 0 to 1, but got 2/, () => m.row(2)],
    [/^Matrix\.slice expects 0 ≤ start ≤ end ≤ 2, but got start 1 and end 3\.$/, () => m.slice(1, 3)],
    [/^Matrix\.gather expects a row from 0 to 1, but got NaN/, () => m.gather([0, nan])],
    [
      /a \[2 × 3\] matrix, a row \[1 × 3\] or a number, but got a \[2 × 1\] matrix/,
      () => m.add(Matrix.zeros(2, 1)),
    ],
    [/but got a \[3 × 3\] matrix\.$/, () => m.add(Matrix.zeros(3, 3))],
    [/expects matrices of one dtype, but got float32 and float64\. Convert one with \.as/, () => m.mul(wide)],
    [
      /one dtype, but got float64 and float32\. Convert one with \.as\("float64"\)/,
      () => wide.matmul(m.transpose()),
    ],
    [/expects a Matrix, but got an array of 1\. Use Matrix\.from\(rows\)/, () => m.sub(wrong([[1, 2, 3]]))],
    [/but got \[2 × 3\] and \[2 × 3\]\. Transpose the second\.$/, () => m.matmul(m)],
    [/but got \[2 × 3\] and \[2 × 5\]\.$/, () => m.matmul(Matrix.zeros(2, 5))],
    [/^Matrix\.sum expects "rows", "cols" or nothing, but got "row"\.$/, () => m.sum(wrong("row"))],
    [/^Matrix\.map expects a function, but got 2\.$/, () => m.map(wrong(2))],
    [/^Matrix\.isClose expects a Matrix, but got an array of 1\.$/, () => m.isClose(wrong([[1]]))],
  ])("%s", (message, call) => {
    expect(call).toThrow(ChainruleError);
    expect(call).toThrow(message);
  });

  it("and leave the matrix as it was", () => {
    const before = m.toArray();
    expect(() => m.set(5, 0, 1)).toThrow();
    expect(() => m.set(0, 0, wrong(undefined))).toThrow();
    expect(m.toArray()).toEqual(before);
  });
});

describe("laws", () => {
  const size = fc.integer({ min: 0, max: 6 });
  const number = fc.integer({ min: -9, max: 9 }); // whole numbers this small are exact in both widths
  const matrix = (rows: number, cols: number, dtype: DType) =>
    fc
      .array(number, { minLength: rows * cols, maxLength: rows * cols })
      .map((numbers) => Matrix.zeros(rows, cols, dtype).map((_, r, c) => numbers[r * cols + c]));
  const three = fc
    .record({ m: size, k: size, n: size, dtype: fc.constantFrom<DType>("float32", "float64") })
    .chain(({ m, k, n, dtype }) => fc.tuple(matrix(m, k, dtype), matrix(k, n, dtype), matrix(k, n, dtype)));
  const holds = (law: (a: Matrix, b: Matrix, c: Matrix) => [Matrix, Matrix]) => {
    const property = fc.property(three, (matrices) => {
      const [left, right] = law(...matrices);
      expect([left.rows, left.cols, left.dtype]).toEqual([right.rows, right.cols, right.dtype]);
      expect(left.isClose(right, { rtol: 0, atol: 0 })).toBe(true);
    });
    fc.assert(property, { seed: 11, numRuns: 100 });
  };

  it("(A·B)ᵀ = Bᵀ·Aᵀ", () => holds((a, b) => [a.matmul(b).transpose(), b.transpose().matmul(a.transpose())]));
  it("A·(B + C) = A·B + A·C", () => holds((a, b, c) => [a.matmul(b.add(c)), a.matmul(b).add(a.matmul(c))]));
  it("A·I = A = I·A", () => {
    holds((a) => [a.matmul(Matrix.identity(a.cols, a.dtype)), a]);
    holds((a) => [Matrix.identity(a.rows, a.dtype).matmul(a), a]);
  });
  it("Aᵀᵀ = A", () => holds((a) => [a.transpose().transpose(), a]));
  it("B − C + C = B", () => holds((_, b, c) => [b.sub(c).add(c), b]));
  it("column sums are 1ᵀ·A, row sums those of Aᵀ", () => {
    holds((a) => [a.sum("cols"), Matrix.full(1, a.rows, 1, a.dtype).matmul(a)]);
    holds((a) => [a.sum("rows"), a.transpose().sum("cols").transpose()]);
  });
  it("gathering all rows changes nothing", () =>
    holds((a) => [a.gather(Array.from({ length: a.rows }, (_, r) => r)), a]));
});
