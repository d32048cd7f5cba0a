import type { Block } from "../kernels.js";
import { expectSame } from "../sizes.js";
import { type Scaling, scaleBack, scaleRow } from "./affine.js";
import { layersFor } from "./layer-exports.js";
import { placesBeside } from "./module.js";
import { wideView } from "./wide-view.js";

/**
 * x̂ = (x − mean x) · inverse with inverse = 1 / √(var x + ε), each row by itself, and y = γ ∘ x̂ + β where there is a γ.
 * Without a centre mean x is 0, and the variance the mean of x². `inverses` is [rows × 2], read as float64.
 */
export function normalizeRows(
  x: Block,
  { weight, bias }: Scaling,
  epsilon: number,
  isCentred: boolean,
  xHat: Block,
  y: Block,
  inverses: Block,
): void {
  expectSame("normalizeRows", x, xHat, y);
  const { rows, cols } = x;
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, weight, bias, xHat, y, inverses);
  if (kernels !== undefined && places !== undefined) {
    const [from, w, b, hat, to, kept] = places;
    kernels.normalizeRows(from, w, b, hat, to, kept, rows, cols, epsilon, isCentred);
    return;
  }
  const inverse = wideView(inverses);
  const [from, hat] = [x.data, xHat.data];
  const single = hat instanceof Float32Array;
  for (let r = 0; r < rows; r++) {
    const [start, end] = [r * cols, (r + 1) * cols];
    let [sum, squares] = [0, 0];
    for (let i = start; isCentred && i < end; i++) sum += from[i];
    const mean = sum / cols;
    for (let i = start; i < end; i++) squares += (from[i] - mean) * (from[i] - mean);
    inverse[r] = 1 / Math.sqrt(squares / cols + epsilon);
    for (let i = start; i < end; i++) hat[i] = (from[i] - mean) * inverse[r];
    if (weight !== undefined) scaleRow(single, hat, start, weight, bias, y.data);
  }
}

/**
 * ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ; without a centre there is no mean d. The gradients of γ
 * and β are added to.
 */
export function normalizedRowsGradient(
  dy: Block,
  xHat: Block,
  weight: Block | undefined,
  gradients: Scaling,
  isCentred: boolean,
  inverses: Block,
  dx: Block,
): void {
  expectSame("normalizedRowsGradient", dy, xHat, dx);
  const { rows, cols } = dy;
  const kernels = layersFor(dy);
  const places =
    kernels && placesBeside(dy, dy, xHat, weight, gradients.weight, gradients.bias, dx, inverses);
  if (kernels !== undefined && places !== undefined) {
    const [from, hat, w, dw, db, to, kept] = places;
    kernels.normalizedRowsGradient(from, hat, w, dw, db, to, kept, rows, cols, isCentred);
    return;
  }
  scaleBack(dy, xHat, weight, gradients, dx);
  const inverse = wideView(inverses);
  const [hat, d] = [xHat.data, dx.data];
  for (let r = 0; r < rows; r++) {
    const [start, end] = [r * cols, (r + 1) * cols];
    let [sum, dot] = [0, 0];
    for (let i = start; i < end; i++) {
      sum += d[i];
      dot += d[i] * hat[i];
    }
    const [mean, share] = [isCentred ? sum / cols : 0, dot / cols];
    for (let i = start; i < end; i++) d[i] = (d[i] - mean - hat[i] * share) * inverse[r];
  }
}
