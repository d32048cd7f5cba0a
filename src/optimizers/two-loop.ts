import { addScaled, dot } from "./flat.js";

/** A step s, and by how much it changed the gradient: y. */
export interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
}

/** Whether the gradient grew along the step: only then the pair says something of a bowl. */
export const curves = ({ s, y }: Pair): boolean => dot(s, y) > 1e-10;

/**
 * **−H·g**, with H the inverse of the curvature that the pairs tell, the oldest first: H = (sᵀy / yᵀy)·I of the last pair,
 * and then one update of Broyden, Fletcher, Goldfarb and Shanno for each. J. Nocedal, 1980.
 */
export function quasiNewton(g: Float64Array, pairs: readonly Pair[]): Float64Array {
  const d = g.map((value) => -value);
  const alphas: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y } = pairs[i];
    alphas[i] = dot(s, d) / dot(s, y);
    addScaled(y, -alphas[i], d);
  }
  const last = pairs.at(-1);
  const scale = last === undefined ? 1 : dot(last.s, last.y) / dot(last.y, last.y);
  for (let i = 0; i < d.length; i++) d[i] *= scale;
  for (const [i, { s, y }] of pairs.entries()) addScaled(s, alphas[i] - dot(y, d) / dot(s, y), d);
  return d;
}
