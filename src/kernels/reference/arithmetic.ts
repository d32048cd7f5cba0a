import { fail, size } from "../../errors.js";
import type { Block } from "../kernels.js";
import { expectSame, expectSize } from "../sizes.js";
import { round } from "./round.js";

/** y = operation(a, b) for each element; b is as large as a, one row for every row of a, or a number. */
export function elementwise(name: string, single: boolean, operation: (a: number, b: number) => number) {
  return (a: Block, b: Block | number, y: Block): void => {
    expectSame(name, a, y);
    const { rows, cols, data: x } = a;
    const out = y.data;
    if (typeof b === "number") {
      const s = round(single, b);
      for (let i = 0; i < out.length; i++) out[i] = operation(x[i], s);
      return;
    }
    if (b.cols !== cols || (b.rows !== rows && b.rows !== 1)) {
      fail(name, `a ${size(a)} matrix, one row [1 × ${cols}], or a number`, size(b));
    }
    const other = b.data;
    const step = b.rows === 1 ? 0 : cols;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < cols; c++) out[r * cols + c] = operation(x[r * cols + c], other[r * step + c]);
    }
  };
}

/** y += s·x */
export function addScaled(single: boolean, x: Block, s: number, y: Block): void {
  expectSame("addScaled", x, y);
  const [from, to, scale] = [x.data, y.data, round(single, s)];
  for (let i = 0; i < to.length; i++) to[i] += round(single, scale * from[i]);
}

/** y = x */
export function copy(x: Block, y: Block): void {
  expectSame("copy", x, y);
  y.data.set(x.data);
}

/** A row with fewer numbers is copied one by one: to make a view of it would take longer. */
const SHORT_ROW = 64;

/** y_r = x_{index_(start + r)} */
export function gather(x: Block, index: ArrayLike<number>, start: number, y: Block): void {
  expectSize("gather", y.rows, x.cols, y);
  const { rows, cols, data: to } = y;
  const from = x.data;
  for (let r = 0; r < rows; r++) {
    const row = index[start + r];
    if (!(row >= 0 && row < x.rows)) fail("gather", `rows from 0 to ${x.rows - 1}`, String(row));
    if (cols > SHORT_ROW) to.set(from.subarray(row * cols, (row + 1) * cols), r * cols);
    else for (let c = 0; c < cols; c++) to[r * cols + c] = from[row * cols + c];
  }
}

/** y = xᵀ */
export function transpose(x: Block, y: Block): void {
  expectSize("transpose", x.cols, x.rows, y);
  const { rows, cols } = x;
  const [from, to] = [x.data, y.data];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) to[c * rows + r] = from[r * cols + c];
  }
}

/** y_c = Σ_r x_rc, or y_c += Σ_r x_rc */
export function columnSums(x: Block, y: Block, accumulate = false): void {
  expectSize("columnSums", 1, x.cols, y);
  const [from, to] = [x.data, y.data];
  if (!accumulate) to.fill(0);
  for (let r = 0; r < x.rows; r++) {
    for (let c = 0; c < x.cols; c++) to[c] += from[r * x.cols + c];
  }
}

/** y_r = Σ_c x_rc */
export function rowSums(single: boolean, x: Block, y: Block): void {
  expectSize("rowSums", x.rows, 1, y);
  const from = x.data;
  for (let r = 0; r < x.rows; r++) {
    let total = 0;
    for (let c = 0; c < x.cols; c++) total = round(single, total + from[r * x.cols + c]);
    y.data[r] = total;
  }
}

/** Σ x, in float64 */
export function sum(x: Block): number {
  const from = x.data;
  let total = 0;
  for (let i = 0; i < from.length; i++) total += from[i];
  return total;
}

/**
 * Whether every number is finite: x − x is 0 for those and NaN for the others, and a sum with a NaN is NaN. Four sums,
 * so that no addition waits for the last one, and a question only now and then.
 */
export function allFinite(x: Block): boolean {
  const from = x.data;
  const { length } = from;
  let i = 0;
  while (i + 4 <= length) {
    const end = Math.min(i + 4096, length - 3);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (; i < end; i += 4) {
      a += from[i] - from[i];
      b += from[i + 1] - from[i + 1];
      c += from[i + 2] - from[i + 2];
      d += from[i + 3] - from[i + 3];
    }
    if (a + b + c + d !== 0) return false;
  }
  for (; i < length; i++) if (from[i] - from[i] !== 0) return false;
  return true;
}
