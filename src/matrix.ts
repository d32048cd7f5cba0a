import { describe, fail } from "./errors.js";
import type { Block, DType, Floats, Storage } from "./kernels/kernels.js";
import { kernelsFor } from "./kernels/select.js";
import { ArrayStorage, zeros } from "./kernels/storage.js";
import * as check from "./matrix-checks.js";
import { PrintedMatrix } from "./printing.js";
import * as reductions from "./reductions.js";

const brand: unique symbol = Symbol.for("chainrule.Matrix");

/**
 * Rows and columns of numbers, row after row, in float32 or float64. One row is one example.
 * Every operation returns a new matrix but `set`. Hold the Matrix across calls, not its `data`.
 */
export class Matrix extends PrintedMatrix implements Block {
  /** Where the numbers are: in an ordinary array, or in a model's memory. */
  readonly storage: Storage;
  /** Known in every copy of this library, so that a Matrix of the CommonJS build is one to the ESM build. */
  readonly [brand] = true;

  /**
   * Wraps `data` without copying it. Default: zeros in float32.
   * @throws ChainruleError if the sides are no whole numbers, or `data` has not rows × cols numbers
   */
  constructor(
    readonly rows: number,
    readonly cols: number,
    data: Floats | Storage = zeros(check.areaOf(rows, cols), "float32"),
  ) {
    super();
    check.expectNumbers(rows, cols, data);
    this.storage = ArrayBuffer.isView(data) ? new ArrayStorage(data) : data;
  }

  /** From an array of rows, all of one length: `Matrix.from([[1, 2], [3, 4]])`. Default: float32. */
  static from(rows: readonly ArrayLike<number>[], dtype: DType = "float32"): Matrix {
    const { cols, data } = check.readRows(rows, check.expectDtype(dtype));
    return new Matrix(rows.length, cols, data);
  }

  /** All zeros. */
  static zeros(rows: number, cols: number, dtype: DType = "float32"): Matrix {
    return new Matrix(rows, cols, zeros(check.areaOf(rows, cols), check.expectDtype(dtype)));
  }

  /** All `value`. */
  static full(rows: number, cols: number, value: number, dtype: DType = "float32"): Matrix {
    if (typeof value !== "number") fail("Matrix.full", "a number", describe(value));
    return Matrix.zeros(rows, cols, dtype).map(() => value);
  }

  /** Ones on the diagonal, zeros elsewhere. */
  static identity(length: number, dtype: DType = "float32"): Matrix {
    const y = Matrix.zeros(length, length, dtype);
    for (let i = 0; i < length; i++) y.data[i * length + i] = 1;
    return y;
  }

  /** Whether a value is a Matrix, of this or of another copy of the library. */
  static isMatrix(value: unknown): value is Matrix {
    return typeof value === "object" && value !== null && brand in value;
  }

  /** The numbers, row after row. */
  get data(): Floats {
    return this.storage.data;
  }

  get dtype(): DType {
    return this.storage.dtype;
  }

  /** The number in row r and column c, both from 0. */
  at(r: number, c: number): number {
    return this.data[check.expectIndex("at", this, r, c)];
  }

  /** Puts a number into row r and column c. */
  set(r: number, c: number, value: number): void {
    if (typeof value !== "number") fail("Matrix.set", "a number", describe(value));
    this.data[check.expectIndex("set", this, r, c)] = value;
  }

  /** Row r, as a [1 × cols] matrix of its own. */
  row(r: number): Matrix {
    check.expectIndex("row", this, r);
    return this.slice(r, r + 1);
  }

  /** Rows `start` up to, but not including, `end`, as a matrix of their own. Default: to the last. */
  slice(start: number, end: number = this.rows): Matrix {
    check.expectRange(this, start, end);
    return new Matrix(end - start, this.cols, this.data.slice(start * this.cols, end * this.cols));
  }

  /** The rows with these numbers, in this order. */
  gather(rows: ArrayLike<number>): Matrix {
    for (let i = 0; i < rows.length; i++) check.expectIndex("gather", this, rows[i]);
    const y = Matrix.zeros(rows.length, this.cols, this.dtype);
    kernelsFor(this.dtype).gather(this, rows, 0, y);
    return y;
  }

  /** An array of rows. */
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, r) => Array.from(this.row(r).data));
  }

  /** A copy in ordinary memory. */
  copy(): Matrix {
    return new Matrix(this.rows, this.cols, this.data.slice());
  }

  /** A copy in the other width, or in this one. */
  as(dtype: DType): Matrix {
    const y = Matrix.zeros(this.rows, this.cols, dtype);
    y.data.set(this.data);
    return y;
  }

  /** this + b, where b is a matrix of this size, a row [1 × cols], or a number. */
  add(b: Matrix | number): Matrix {
    return this.combine("add", "add", b);
  }

  /** this − b */
  sub(b: Matrix | number): Matrix {
    return this.combine("sub", "subtract", b);
  }

  /** this ∘ b, element by element */
  mul(b: Matrix | number): Matrix {
    return this.combine("mul", "multiply", b);
  }

  /** this / b, element by element */
  div(b: Matrix | number): Matrix {
    return this.combine("div", "divide", b);
  }

  /** this · b, the product of [m × k] and [k × n], [m × n] */
  matmul(b: Matrix): Matrix {
    check.expectFactors(this, b, Matrix.isMatrix(b));
    const y = Matrix.zeros(this.rows, b.cols, this.dtype);
    kernelsFor(this.dtype).product(this, b, y);
    return y;
  }

  /** thisᵀ */
  transpose(): Matrix {
    const y = Matrix.zeros(this.cols, this.rows, this.dtype);
    kernelsFor(this.dtype).transpose(this, y);
    return y;
  }

  /** f of each number */
  map(f: (x: number, r: number, c: number) => number): Matrix {
    if (typeof f !== "function") fail("Matrix.map", "a function", describe(f));
    const y = Matrix.zeros(this.rows, this.cols, this.dtype);
    const [from, to, { cols }] = [this.data, y.data, this];
    for (let i = 0; i < to.length; i++) to[i] = f(from[i], Math.floor(i / cols), i % cols);
    return y;
  }

  /** Sum of all numbers, or of each row, or of each column; added up in float64. */
  sum(): number;
  sum(axis: reductions.Axis): Matrix;
  sum(axis?: reductions.Axis): number | Matrix {
    return this.reduce("sum", reductions.sum, axis);
  }

  /** Mean of all numbers, or of each row, or of each column; added up in float64. */
  mean(): number;
  mean(axis: reductions.Axis): Matrix;
  mean(axis?: reductions.Axis): number | Matrix {
    return this.reduce("mean", reductions.mean, axis);
  }

  /** The largest number of all, of each row, or of each column. A NaN counts as the largest. */
  max(): number;
  max(axis: reductions.Axis): Matrix;
  max(axis?: reductions.Axis): number | Matrix {
    return this.reduce("max", reductions.max, axis);
  }

  /** Where the largest number stands, from 0: in `data`, in each row, or in each column. The first of equals. */
  argmax(): number;
  argmax(axis: reductions.Axis): Matrix;
  argmax(axis?: reductions.Axis): number | Matrix {
    return this.reduce("argmax", reductions.argmax, axis);
  }

  /**
   * Whether the sizes agree and |a − b| ≤ atol + rtol·|b| for each pair, b from `other`. Equal infinities are close,
   * and NaN is close to nothing. Defaults: rtol 1e-5, atol 1e-8.
   */
  isClose(other: Matrix, { rtol = 1e-5, atol = 1e-8 }: { rtol?: number; atol?: number } = {}): boolean {
    if (!Matrix.isMatrix(other)) fail("Matrix.isClose", "a Matrix", describe(other));
    return reductions.areClose(this, other, rtol, atol);
  }

  private combine(name: string, kernel: check.Elementwise, b: Matrix | number): Matrix {
    if (typeof b !== "number") check.expectOperand(name, this, b, Matrix.isMatrix(b));
    const y = Matrix.zeros(this.rows, this.cols, this.dtype);
    kernelsFor(this.dtype)[kernel](this, b, y);
    return y;
  }

  private reduce(
    name: string,
    reduction: reductions.Reduction,
    axis: reductions.Axis | undefined,
  ): number | Matrix {
    if (axis === undefined) return reduction(this.data, 0, 1, this.data.length);
    const [rows, cols] = axis === "rows" ? [this.rows, 1] : [1, this.cols];
    const y = Matrix.zeros(rows, cols, this.dtype);
    reductions.reduceAlong(name, axis, reduction, this, y.data);
    return y;
  }
}
