import { exp } from "../../numeric/exponential.js";
import type { Block, Curve } from "../kernels.js";
import { expectSame } from "../sizes.js";
import { round } from "./round.js";

/** y = f(x), and slope = f′(x, y) where that is wanted */
export function map(
  single: boolean,
  curve: Curve,
  x: Block,
  y: Block,
  parameter = 0,
  slope: Block | undefined = undefined,
): void {
  expectSame("map", x, y, slope ?? y);
  const [from, to, p] = [x.data, y.data, round(single, parameter)];
  if (slope !== undefined) {
    const { data } = slope;
    for (let i = 0; i < to.length; i++) data[i] = curve.df(from[i], round(single, curve.f(from[i], p)), p);
  }
  for (let i = 0; i < to.length; i++) to[i] = curve.f(from[i], p);
}

/** dx = dy ∘ f′(x, y) */
export function mapGradient(
  single: boolean,
  curve: Curve,
  x: Block,
  y: Block,
  dy: Block,
  dx: Block,
  parameter = 0,
): void {
  expectSame("mapGradient", x, y, dy, dx);
  const [input, output, dOutput, dInput] = [x.data, y.data, dy.data, dx.data];
  const p = round(single, parameter);
  for (let i = 0; i < dInput.length; i++) {
    dInput[i] = dOutput[i] * round(single, curve.df(input[i], output[i], p));
  }
}

/** y_rc = e^(x_rc − max x_r) / Σ_j e^(x_rj − max x_r): the shift keeps the exponential from overflowing. */
export function softmax(single: boolean, x: Block, y: Block): void {
  expectSame("softmax", x, y);
  const { rows, cols, data: from } = x;
  const to = y.data;
  for (let r = 0; r < rows; r++) {
    const start = r * cols;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < cols; c++) largest = Math.max(largest, from[start + c]);
    let total = 0;
    for (let c = 0; c < cols; c++) {
      to[start + c] = exp(round(single, from[start + c] - largest));
      total = round(single, total + to[start + c]);
    }
    for (let c = 0; c < cols; c++) to[start + c] /= total;
  }
}

/** dx = y ∘ (dy − Σ_c dy ∘ y): the Jacobian diag(y) − y·yᵀ of each row, applied without being formed. */
export function softmaxGradient(single: boolean, y: Block, dy: Block, dx: Block): void {
  expectSame("softmaxGradient", y, dy, dx);
  const { rows, cols, data: output } = y;
  const [dOutput, dInput] = [dy.data, dx.data];
  for (let r = 0; r < rows; r++) {
    const start = r * cols;
    let dot = 0;
    for (let i = start; i < start + cols; i++)
      dot = round(single, dot + round(single, dOutput[i] * output[i]));
    for (let i = start; i < start + cols; i++) dInput[i] = output[i] * round(single, dOutput[i] - dot);
  }
}
