import type { Block, Floats } from "../kernels.js";
import { round } from "../reference/round.js";

/** γ and β of a normalization, [1 × cols] each, if it has them. */
export interface Scaling {
  readonly weight: Block | undefined;
  readonly bias: Block | undefined;
}

/** y = γ ∘ x̂ + β, for the row of numbers that begins at `start` */
export function scaleRow(
  single: boolean,
  xHat: Floats,
  start: number,
  weight: Block,
  bias: Block | undefined,
  y: Floats,
): void {
  const gamma = weight.data;
  for (let c = 0; c < gamma.length; c++) {
    const product = round(single, gamma[c] * xHat[start + c]);
    y[start + c] = bias === undefined ? product : product + bias.data[c];
  }
}

/** d = dy ∘ γ where there is a γ, and ∂L/∂γ += dy ∘ x̂,  ∂L/∂β += dy, row after row */
export function scaleBack(
  { rows, cols, data: dy }: Block,
  { data: xHat }: Block,
  weight: Block | undefined,
  gradients: Scaling,
  { data: d }: Block,
): void {
  const single = d instanceof Float32Array;
  const [gamma, dGamma, dBeta] = [weight?.data, gradients.weight?.data, gradients.bias?.data];
  for (let i = 0, r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) {
      if (dGamma !== undefined) dGamma[c] += round(single, dy[i] * xHat[i]);
      if (dBeta !== undefined) dBeta[c] += dy[i];
      d[i] = gamma === undefined ? dy[i] : dy[i] * gamma[c];
    }
  }
}
