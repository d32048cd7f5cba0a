import { fail, size } from "../errors.js";
import type { Block } from "./kernels.js";

/** @throws ChainruleError unless all matrices have the size of the first. */
export function expectSame(kernel: string, x: Block, y: Block, z: Block = y, w: Block = y): void {
  const { rows, cols } = x;
  if (y.rows === rows && y.cols === cols && z.rows === rows && z.cols === cols) {
    if (w.rows === rows && w.cols === cols) return;
  }
  const other = [y, z, w].find((one) => one.rows !== rows || one.cols !== cols) ?? y;
  fail(kernel, `matrices of one size ${size(x)}`, size(other));
}

/** @throws ChainruleError unless y is as large as an [rows × cols] matrix. */
export function expectSize(kernel: string, rows: number, cols: number, y: Block): void {
  if (y.rows !== rows || y.cols !== cols) fail(kernel, `a ${size({ rows, cols })} matrix`, size(y));
}

/** @throws ChainruleError unless the inner sides of a product meet. */
export function expectInner(kernel: string, a: Block, inner: number, b: Block, other: number): void {
  if (inner !== other) fail(kernel, "matrices whose inner sides are equal", `${size(a)} and ${size(b)}`);
}
