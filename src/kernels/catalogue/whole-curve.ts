import { curves } from "../generated/texts/curves.js";
import type { WholeCurve } from "../kernels.js";
import { catalogueModule, placesBeside } from "./module.js";

/** What src/kernels/assembly/catalogue/curves-module.ts exports. Places are in bytes; 0 stands for what is not wanted. */
interface CurveExports {
  curve(
    number: number,
    x: number,
    y: number,
    dy: number,
    dx: number,
    count: number,
    p: number,
    q: number,
  ): void;
}

const curvesFor = /* @__PURE__ */ catalogueModule<CurveExports>("curves", curves);

/** The numbers by which assembly/catalogue/curve-loops.ts knows the curves. */
const numbers = {
  sigmoid: 0,
  tanh: 1,
  elu: 2,
  selu: 3,
  celu: 4,
  silu: 5,
  softplus: 6,
  logSigmoid: 7,
  mish: 8,
  hardTanh: 9,
  hardSigmoid: 10,
  hardSwish: 11,
  threshold: 12,
  softShrink: 13,
  hardShrink: 14,
  softsign: 15,
  gelu: 16,
  geluTanh: 17,
  exponential: 18,
  tanhShrink: 19,
  squareplus: 20,
} as const;

/** The curve of this name over whole matrices of one model's memory; q is what it depends on beside its parameter. */
export function wholeCurve(name: keyof typeof numbers, q = 0): WholeCurve {
  return (x, y, dy, dx, p) => {
    const kernels = curvesFor(x);
    if (kernels === undefined) return false;
    const places = placesBeside(x, x, y, dy, dx);
    if (places === undefined) return false;
    const [from, to, by, slopes] = places;
    kernels.curve(numbers[name], from, to, by, slopes, x.rows * x.cols, p, q);
    return true;
  };
}
