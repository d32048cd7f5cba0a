import type { Block } from "../kernels.js";
import { expectSame } from "../sizes.js";
import { type Scaling, scaleBack, scaleRow } from "./affine.js";
import { layersFor } from "./layer-exports.js";
import { placesBeside } from "./module.js";
import { wideView } from "./wide-view.js";

// Sums of columns, and what is made of them, are matrices read as float64, with room for cols numbers up to the next four.

/** means = Σ x / rows,  squares = Σ (x − mean)², column by column */
export function columnMoments(x: Block, means: Block, squares: Block): void {
  const { rows, cols, data } = x;
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, means, squares);
  if (kernels !== undefined && places !== undefined) {
    const [from, m, s] = places;
    kernels.columnMoments(from, m, s, rows, cols);
    return;
  }
  const [mean, square] = [wideView(means).fill(0), wideView(squares).fill(0)];
  for (let i = 0, r = 0; r < rows; r++) for (let c = 0; c < cols; c++, i++) mean[c] += data[i];
  for (let c = 0; c < cols; c++) mean[c] /= rows;
  for (let i = 0, r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) square[c] += (data[i] - mean[c]) * (data[i] - mean[c]);
  }
}

/** x̂ = (x − mean) · inverse, column by column, and y = γ ∘ x̂ + β where there is a γ */
export function normalizeColumns(
  x: Block,
  { weight, bias }: Scaling,
  means: Block,
  inverses: Block,
  xHat: Block,
  y: Block,
): void {
  expectSame("normalizeColumns", x, xHat, y);
  const { rows, cols } = x;
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, weight, bias, means, inverses, xHat, y);
  if (kernels !== undefined && places !== undefined) {
    const [from, w, b, m, i, hat, to] = places;
    kernels.normalizeColumns(from, w, b, m, i, hat, to, rows, cols);
    return;
  }
  const [mean, inverse] = [wideView(means), wideView(inverses)];
  const [from, hat] = [x.data, xHat.data];
  const single = hat instanceof Float32Array;
  for (let start = 0, r = 0; r < rows; r++, start += cols) {
    for (let c = 0; c < cols; c++) hat[start + c] = (from[start + c] - mean[c]) * inverse[c];
    if (weight !== undefined) scaleRow(single, hat, start, weight, bias, y.data);
  }
}

/**
 * ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ, means over the rows; where the moments were not those of
 * the batch, d · inverse. The gradients of γ and β are added to; `sums` and `dots` are room to work in.
 */
export function normalizedColumnsGradient(
  dy: Block,
  xHat: Block,
  weight: Block | undefined,
  gradients: Scaling,
  inverses: Block,
  isOfBatch: boolean,
  sums: Block,
  dots: Block,
  dx: Block,
): void {
  expectSame("normalizedColumnsGradient", dy, xHat, dx);
  const { rows, cols } = dy;
  const kernels = layersFor(dy);
  const { weight: dWeight, bias: dBias } = gradients;
  const places = kernels && placesBeside(dy, dy, xHat, weight, dWeight, dBias, inverses, sums, dots, dx);
  if (kernels !== undefined && places !== undefined) {
    const [from, hat, w, dw, db, i, s, t, to] = places;
    kernels.normalizedColumnsGradient(from, hat, w, dw, db, i, s, t, to, rows, cols, isOfBatch);
    return;
  }
  scaleBack(dy, xHat, weight, gradients, dx);
  const [inverse, sum, dot] = [wideView(inverses), wideView(sums).fill(0), wideView(dots).fill(0)];
  const [hat, d] = [xHat.data, dx.data];
  for (let i = 0, r = 0; isOfBatch && r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) {
      sum[c] += d[i];
      dot[c] += d[i] * hat[i];
    }
  }
  for (let c = 0; c < cols; c++) [sum[c], dot[c]] = [sum[c] / rows, dot[c] / rows];
  for (let i = 0, r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) d[i] = (d[i] - sum[c] - hat[i] * dot[c]) * inverse[c];
  }
}
