import { describe, fail, size } from "./errors.js";
import type { Block, DType, Floats, Storage } from "./kernels/kernels.js";
import { zeros } from "./kernels/storage.js";

/** The kernels that combine two matrices element by element. */
export type Elementwise = "add" | "subtract" | "multiply" | "divide";

interface Typed extends Block {
  readonly dtype: DType;
}

/** How many numbers a matrix of this size has. */
export function areaOf(rows: number, cols: number): number {
  if (!(Number.isSafeInteger(rows) && Number.isSafeInteger(cols) && rows >= 0 && cols >= 0)) {
    fail("Matrix", "whole numbers of rows and columns", `${describe(rows)} and ${describe(cols)}`);
  }
  return rows * cols;
}

/** @throws ChainruleError unless `data` is an array of rows × cols numbers. */
export function expectNumbers(rows: number, cols: number, data: Floats | Storage): void {
  const length = areaOf(rows, cols);
  const isFloats = data instanceof Float32Array || data instanceof Float64Array;
  if (!isFloats && (ArrayBuffer.isView(data) || typeof data?.part !== "function")) {
    fail("Matrix", "a Float32Array or a Float64Array", describe(data), "Use Matrix.from(rows) for arrays.");
  }
  if (data.length !== length)
    fail(`Matrix ${size({ rows, cols })}`, `${length} numbers`, String(data.length));
}

/** @throws ChainruleError unless `dtype` is one of the two. */
export function expectDtype(dtype: DType): DType {
  if (dtype !== "float32" && dtype !== "float64") fail("Matrix", `"float32" or "float64"`, describe(dtype));
  return dtype;
}

/** Where row r and column c stand in `data`. Without c, the row alone must exist. */
export function expectIndex(who: string, { rows, cols }: Block, r: number, c?: number): number {
  if (!(Number.isInteger(r) && r >= 0 && r < rows)) {
    fail(`Matrix.${who}`, `a row from 0 to ${rows - 1}`, describe(r), "Rows are counted from 0.");
  }
  if (c !== undefined && !(Number.isInteger(c) && c >= 0 && c < cols)) {
    fail(`Matrix.${who}`, `a column from 0 to ${cols - 1}`, describe(c), "Columns are counted from 0.");
  }
  return r * cols + (c ?? 0);
}

/** Reads an array of rows of one length into a typed array. */
export function readRows(rows: readonly ArrayLike<number>[], dtype: DType): { cols: number; data: Floats } {
  if (!Array.isArray(rows))
    fail("Matrix.from", "an array of rows", describe(rows), "One row: Matrix.from([row]).");
  const cols = rows.length === 0 ? 0 : expectRow(rows[0], 0).length;
  const data = zeros(rows.length * cols, dtype);
  for (const [r, row] of rows.entries()) {
    if (expectRow(row, r).length !== cols) {
      fail("Matrix.from", `rows of one length, ${cols} as in row 0`, `${row.length} in row ${r}`);
    }
    for (let c = 0; c < cols; c++) {
      if (typeof row[c] !== "number")
        fail("Matrix.from", "numbers", `${describe(row[c])} in row ${r}, column ${c}`);
      data[r * cols + c] = row[c];
    }
  }
  return { cols, data };
}

function expectRow(row: ArrayLike<number>, r: number): ArrayLike<number> {
  if (!Array.isArray(row) && !ArrayBuffer.isView(row)) {
    fail("Matrix.from", "an array of rows", `${describe(row)} as row ${r}`, "One row: Matrix.from([row]).");
  }
  return row;
}

/** @throws ChainruleError unless the rows from `start` up to `end` exist. */
export function expectRange({ rows }: Block, start: number, end: number): void {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (whole && start >= 0 && start <= end && end <= rows) return;
  fail("Matrix.slice", `0 ≤ start ≤ end ≤ ${rows}`, `start ${describe(start)} and end ${describe(end)}`);
}

/** @throws ChainruleError unless `b` is a matrix, of a's dtype. */
function expectMatrix(operation: string, a: Typed, b: Typed, isMatrix: boolean): void {
  if (!isMatrix) fail(`Matrix.${operation}`, "a Matrix", describe(b), "Use Matrix.from(rows) for arrays.");
  if (a.dtype === b.dtype) return;
  const advice = `Convert one with .as("${a.dtype}").`;
  fail(`Matrix.${operation}`, "matrices of one dtype", `${a.dtype} and ${b.dtype}`, advice);
}

/** @throws ChainruleError unless b has a's size, or is one row as wide. */
export function expectOperand(operation: string, a: Typed, b: Typed, isMatrix: boolean): void {
  expectMatrix(operation, a, b, isMatrix);
  if (b.cols === a.cols && (b.rows === a.rows || b.rows === 1)) return;
  const fitting = `a ${size(a)} matrix, a row [1 × ${a.cols}] or a number`;
  fail(`Matrix.${operation}`, fitting, `a ${size(b)} matrix`);
}

/** @throws ChainruleError unless the product a·b exists. */
export function expectFactors(a: Typed, b: Typed, isMatrix: boolean): void {
  expectMatrix("matmul", a, b, isMatrix);
  if (a.cols === b.rows) return;
  const advice = a.cols === b.cols ? "Transpose the second." : "";
  const wanted = "as many columns in the first as rows in the second";
  fail("Matrix.matmul", wanted, `${size(a)} and ${size(b)}`, advice);
}
