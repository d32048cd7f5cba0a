import type { Block } from "../kernels.js";
import { round } from "../reference/round.js";
import { expectSame } from "../sizes.js";
import { layersFor } from "./layer-exports.js";
import { placesBeside } from "./module.js";

/** y = x, or a·x where x ≤ 0; slopes a are [1 × 1], or [1 × cols] */
export function prelu(x: Block, slopes: Block, y: Block): void {
  expectSame("prelu", x, y);
  const { rows, cols } = x;
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, slopes, y);
  if (kernels !== undefined && places !== undefined) {
    const [from, a, to] = places;
    kernels.prelu(from, a, slopes.cols === 1, to, rows, cols);
    return;
  }
  const [from, a, to] = [x.data, slopes.data, y.data];
  for (let i = 0; i < to.length; i++) to[i] = from[i] <= 0 ? a[i % a.length] * from[i] : from[i];
}

/** dx = dy, or a·dy where x ≤ 0; and products = dy ∘ x where x ≤ 0, else 0, the parts of ∂L/∂a, where they are wanted */
export function preluGradient(
  x: Block,
  slopes: Block,
  dy: Block,
  dx: Block,
  products: Block | undefined,
): void {
  expectSame("preluGradient", x, dy, dx, products);
  const { rows, cols } = x;
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, slopes, dy, dx, products);
  if (kernels !== undefined && places !== undefined) {
    const [from, a, dOutput, dInput, parts] = places;
    kernels.preluGradient(from, a, slopes.cols === 1, dOutput, dInput, parts, rows, cols);
    return;
  }
  const [from, a, dOutput, dInput] = [x.data, slopes.data, dy.data, dx.data];
  for (let i = 0; i < from.length; i++) {
    const isBelow = from[i] <= 0;
    if (products !== undefined) products.data[i] = isBelow ? dOutput[i] * from[i] : 0;
    dInput[i] = isBelow ? a[i % a.length] * dOutput[i] : dOutput[i];
  }
}

/**
 * For one slope, [1 × 1]: dx = dy, or a·dy where x ≤ 0. Returns ∂L/∂a = Σ dy·x where x ≤ 0: each product rounded, their sum in
 * float64, in four parts, to which they go in turn.
 */
export function preluSlopeGradient(x: Block, slope: Block, dy: Block, dx: Block): number {
  expectSame("preluSlopeGradient", x, dy, dx);
  const kernels = layersFor(x);
  const places = kernels && placesBeside(x, x, slope, dy, dx);
  if (kernels !== undefined && places !== undefined) {
    const [from, a, dOutput, dInput] = places;
    return kernels.preluSlopeGradient(from, a, dOutput, dInput, x.rows * x.cols);
  }
  const single = dx.data instanceof Float32Array;
  const [from, [a], dOutput, dInput] = [x.data, slope.data, dy.data, dx.data];
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < from.length; i++) {
    const isBelow = from[i] <= 0;
    if (isBelow) sums[i % 4] += round(single, dOutput[i] * from[i]);
    dInput[i] = isBelow ? a * dOutput[i] : dOutput[i];
  }
  return sums[0] + sums[2] + (sums[1] + sums[3]);
}
