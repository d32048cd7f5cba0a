import { Matrix, oneHot } from "chainrule";
import { type Case, wrong } from "./case.js";

const a = Matrix.from([
  [1, 2, 3],
  [4, 5, 6],
]);

export const matrices: readonly Case[] = [
  {
    what: "one row instead of a list of rows",
    call: () => Matrix.from(wrong([1, 2, 3])),
    says: /^Matrix.from expects an array of rows, but got 1 as row 0. One row: Matrix.from\(\[row\]\)\.$/,
  },
  {
    what: "rows of different lengths",
    call: () => Matrix.from([[1, 2], [3]]),
    says: /^Matrix.from expects rows of one length, 2 as in row 0, but got 1 in row 1\./,
  },
  {
    what: "a text among the numbers",
    call: () => Matrix.from([[1, wrong("2")]]),
    says: /^Matrix.from expects numbers, but got "2" in row 0, column 1\./,
  },
  {
    what: "too few numbers to wrap",
    call: () => new Matrix(2, 3, new Float32Array(5)),
    says: /^Matrix \[2 × 3\] expects 6 numbers, but got 5\./,
  },
  {
    what: "half a row",
    call: () => new Matrix(1.5, 2),
    says: /^Matrix expects whole numbers of rows and columns, but got 1.5 and 2\./,
  },
  {
    what: "fewer than no columns",
    call: () => Matrix.zeros(2, -1),
    says: /^Matrix expects whole numbers of rows and columns, but got 2 and -1\./,
  },
  {
    what: "a plain array to wrap",
    call: () => new Matrix(1, 2, wrong([1, 2])),
    says: /^Matrix expects a Float32Array or a Float64Array, but got an array of 2\. Use Matrix.from/,
  },
  {
    what: "an unknown width of numbers",
    call: () => Matrix.zeros(1, 1, wrong("float16")),
    says: /^Matrix expects "float32" or "float64", but got "float16"\./,
  },
  {
    what: "more numbers than memory holds",
    call: () => Matrix.zeros(1e8, 5e7),
    says: /^A matrix expects fewer numbers than memory can hold, but got 5000000000000000\. Check the sizes/,
  },
  {
    what: "a product whose inner sides do not meet",
    call: () => a.matmul(a),
    says: /^Matrix.matmul expects as many columns .*, but got \[2 × 3\] and \[2 × 3\]\. Transpose the second\./,
  },
  {
    what: "a sum of different sizes",
    call: () => a.add(Matrix.zeros(2, 2)),
    says: /^Matrix.add expects a \[2 × 3\] matrix, a row \[1 × 3\] or a number, but got a \[2 × 2\] matrix\./,
  },
  {
    what: "a sum of different dtypes",
    call: () => a.add(a.as("float64")),
    says: /^Matrix.add expects matrices of one dtype, but got float32 and float64\. Convert one with \.as/,
  },
  {
    what: "a product with a plain array",
    call: () => a.mul(wrong([1, 2, 3])),
    says: /^Matrix.mul expects a Matrix, but got an array of 3\. Use Matrix.from/,
  },
  {
    what: "a row that is not there",
    call: () => a.at(2, 0),
    says: /^Matrix.at expects a row from 0 to 1, but got 2\. Rows are counted from 0\./,
  },
  {
    what: "a column that is not there",
    call: () => a.set(0, 3, 1),
    says: /^Matrix.set expects a column from 0 to 2, but got 3\./,
  },
  {
    what: "a text to put into a matrix",
    call: () => a.set(0, 0, wrong("1")),
    says: /^Matrix.set expects a number, but got "1"\./,
  },
  {
    what: "a slice that ends before it starts",
    call: () => a.slice(2, 1),
    says: /^Matrix.slice expects 0 ≤ start ≤ end ≤ 2, but got start 2 and end 1\./,
  },
  {
    what: "rows to gather that are not there",
    call: () => a.gather([0, 2]),
    says: /^Matrix.gather expects a row from 0 to 1, but got 2\./,
  },
  {
    what: "an unknown direction of a sum",
    call: () => a.sum(wrong("columns")),
    says: /^Matrix.sum expects "rows", "cols" or nothing, but got "columns"\./,
  },
  {
    what: "the mean of nothing",
    call: () => Matrix.zeros(0, 3).mean(),
    says: /^Matrix.mean expects at least one number, but got none\./,
  },
  {
    what: "a label above the classes",
    call: () => oneHot([0, 3], 3),
    says: /^oneHot expects labels from 0 to 2, but got 3 at 1\./,
  },
  {
    what: "half a label",
    call: () => oneHot([0.5], 3),
    says: /^oneHot expects labels from 0 to 2, but got 0.5 at 0\./,
  },
];
