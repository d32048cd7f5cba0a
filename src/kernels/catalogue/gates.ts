import { logistic, silu } from "../curves.js";
import type { Block } from "../kernels.js";
import { round } from "../reference/round.js";
import { layersFor } from "./layer-exports.js";
import { placesBeside } from "./module.js";

/** y = f(a, b) with its derivatives by a and by b. */
export interface GateCurve {
  readonly isSwish: boolean;
  f(a: number, b: number): number;
  byA(a: number, b: number): number;
  byB(a: number, b: number): number;
}

/** a·σ(b) */
export const glu: GateCurve = {
  isSwish: false,
  f: (a, b) => a * logistic(b),
  byA: (_, b) => logistic(b),
  byB: (a, b) => a * logistic(b) * logistic(-b),
};

/** a·σ(a)·b */
export const swiglu: GateCurve = {
  isSwish: true,
  f: (a, b) => silu.f(a, 0) * b,
  byA: (a, b) => silu.df(a, 0, 0) * b,
  byB: (a) => silu.f(a, 0),
};

/** y = f(a, b) for each group of 2·width numbers [a | b] */
export function gate(curve: GateCurve, x: Block, y: Block, width: number): void {
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, y);
  if (kernels !== undefined && places !== undefined) {
    kernels.gate(curve.isSwish, places[0], places[1], (y.rows * y.cols) / width, width);
    return;
  }
  const [from, to] = [x.data, y.data];
  for (let a = 0, i = 0; a < from.length; a += 2 * width) {
    for (let c = a; c < a + width; c++, i++) to[i] = curve.f(from[c], from[c + width]);
  }
}

/** da = dy · ∂f/∂a,  db = dy · ∂f/∂b */
export function gateGradient(curve: GateCurve, x: Block, dy: Block, dx: Block, width: number): void {
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, dy, dx);
  if (kernels !== undefined && places !== undefined) {
    const [from, d, to] = places;
    kernels.gateGradient(curve.isSwish, from, d, to, (dy.rows * dy.cols) / width, width);
    return;
  }
  const single = dx.data instanceof Float32Array;
  const [from, d, to] = [x.data, dy.data, dx.data];
  for (let a = 0, i = 0; a < from.length; a += 2 * width) {
    for (let c = a; c < a + width; c++, i++) {
      to[c] = d[i] * round(single, curve.byA(from[c], from[c + width]));
      to[c + width] = d[i] * round(single, curve.byB(from[c], from[c + width]));
    }
  }
}
