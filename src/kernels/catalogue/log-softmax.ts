import { exp } from "../../numeric/exponential.js";
import { log } from "../../numeric/logarithm.js";
import type { Block } from "../kernels.js";
import { round } from "../reference/round.js";
import { expectSame } from "../sizes.js";
import { layersFor } from "./layer-exports.js";
import { placesBeside } from "./module.js";
import { wideView } from "./wide-view.js";

/** y_rc = x_rc − max x_r − ln Σ_j e^(x_rj − max x_r); `logs`, [rows × 2] and read as float64, is room to work in. */
export function logSoftmax(x: Block, y: Block, logs: Block): void {
  expectSame("logSoftmax", x, y);
  const { rows, cols } = x;
  const totals = wideView(logs);
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, y, logs);
  if (kernels !== undefined && places !== undefined) {
    const [from, to, sums] = places;
    kernels.logSoftmaxSums(from, to, sums, rows, cols);
    for (let r = 0; r < rows; r++) totals[r] = log(totals[r]);
    kernels.subtractFromRows(sums, to, rows, cols);
    return;
  }
  const single = y.data instanceof Float32Array;
  const [from, to] = [x.data, y.data];
  for (let start = 0, r = 0; r < rows; r++, start += cols) {
    const end = start + cols;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i++) largest = Math.max(largest, from[i]);
    let total = 0;
    for (let i = start; i < end; i++) {
      to[i] = from[i] - largest;
      total += exp(to[i]);
    }
    totals[r] = round(single, log(total));
    for (let i = start; i < end; i++) to[i] -= totals[r];
  }
}

/** dx = dy − eʸ·Σ_c dy */
export function logSoftmaxGradient(y: Block, dy: Block, dx: Block): void {
  expectSame("logSoftmaxGradient", y, dy, dx);
  const { rows, cols } = y;
  const kernels = layersFor(y);
  const places = kernels && placesBeside(y, y, dy, dx);
  if (kernels !== undefined && places !== undefined) {
    const [output, dOutput, dInput] = places;
    kernels.logSoftmaxGradient(output, dOutput, dInput, rows, cols);
    return;
  }
  const single = y.data instanceof Float32Array;
  const [output, dOutput, dInput] = [y.data, dy.data, dx.data];
  for (let start = 0, r = 0; r < rows; r++, start += cols) {
    const end = start + cols;
    let sum = 0;
    for (let i = start; i < end; i++) sum += dOutput[i];
    const total = round(single, sum);
    for (let i = start; i < end; i++) dInput[i] = dOutput[i] - round(single, exp(output[i]) * total);
  }
}
