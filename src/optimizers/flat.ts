import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";

/** The numbers of all parameters in one vector, in float64. */
export function flatten(
  parameters: readonly Parameter[],
  of: (parameter: Parameter) => Matrix,
): Float64Array {
  const parts = parameters.map(of);
  const flat = new Float64Array(parts.reduce((sum, { rows, cols }) => sum + rows * cols, 0));
  let start = 0;
  for (const part of parts) {
    const { data } = part;
    flat.set(data, start);
    start += data.length;
  }
  return flat;
}

/** The other way. */
export function unflatten(
  flat: Float64Array,
  parameters: readonly Parameter[],
  of: (parameter: Parameter) => Matrix,
): void {
  let start = 0;
  for (const part of parameters.map(of)) {
    const { data } = part;
    data.set(flat.subarray(start, start + data.length));
    start += data.length;
  }
}

/** aᵀ·b */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** y += s·x */
export function addScaled(x: Float64Array, s: number, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += s * x[i];
}
