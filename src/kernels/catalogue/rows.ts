import type { Block } from "../kernels.js";
import { layersFor } from "./layer-exports.js";
import { placesBeside } from "./module.js";

/** Below so many numbers a row is copied sooner one by one. */
const FEW = 32;

/** y_i = rows[index_i], for each index a row of as many numbers */
export function copyRows({ data: from, cols }: Block, { data: index }: Block, { data: to }: Block): void {
  for (let i = 0, at = 0; i < index.length; i++, at += cols) {
    const row = index[i] * cols;
    if (cols >= FEW) to.set(from.subarray(row, row + cols), at);
    else for (let c = 0; c < cols; c++) to[at + c] = from[row + c];
  }
}

/** rows[index_i] += dy_i, one after the other */
export function addToRows(rows: Block, index: Block, dy: Block): void {
  const { cols } = rows;
  const { length } = index.data;
  const kernels = layersFor(rows);
  const places = kernels && placesBeside(rows, index, dy, rows);
  if (kernels !== undefined && places !== undefined) {
    const [indices, from, to] = places;
    kernels.addToRows(indices, from, to, length, cols);
    return;
  }
  for (let i = 0, at = 0; i < length; i++) {
    const row = index.data[i] * cols;
    for (let c = 0; c < cols; c++, at++) rows.data[row + c] += dy.data[at];
  }
}
