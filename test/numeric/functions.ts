import { cosPi, cosTau, sinTau } from "../../src/numeric/circle.js";
import { erf, erfc } from "../../src/numeric/error-function.js";
import { exp, expm1 } from "../../src/numeric/exponential.js";
import { tanh } from "../../src/numeric/hyperbolic.js";
import { log, log1p } from "../../src/numeric/logarithm.js";

export { pow } from "../../src/numeric/power.js";

type Range = readonly [low: number, high: number];

/** Every function of one argument, with ranges that take all the ways through its code. */
export const functions: Readonly<Record<string, readonly [f: (x: number) => number, ...Range[]]>> = {
  exp: [exp, [-1, 1], [-30, 30], [-745, 709]],
  expm1: [expm1, [-0.2, 0.2], [-3, 3], [-50, 700]],
  log: [log, [0.9, 1.1], [0, 10], [0, 1e-307], [0, 1e308]],
  log1p: [log1p, [-1e-3, 1e-3], [-1, 1], [0, 1e10]],
  tanh: [tanh, [-0.7, 0.7], [-3, 3], [-25, 25]],
  erf: [erf, [-0.6, 0.6], [-3, 3], [-7, 7]],
  erfc: [erfc, [-0.6, 0.6], [-3, 3], [2, 27.5]],
  cosTau: [cosTau, [0, 1], [-100, 100], [0.2499, 0.2501]],
  sinTau: [sinTau, [0, 1], [-100, 100], [-1e-9, 1e-9]],
  cosPi: [cosPi, [0, 1], [-100, 100]],
};

/** Arguments of pow from two numbers in [0, 1): bases of all sizes, near 1 with large exponents, and negative ones. */
export const powers: readonly ((u: number, v: number) => [x: number, y: number])[] = [
  (u, v) => [20 * u, 20 * v - 10],
  (u, v) => [0.9 + 0.2 * u, 8000 * v - 4000],
  (u, v) => [1e-300 * u, 2 * v - 1],
  (u, v) => [-3 * u, Math.floor(200 * v) - 100],
  (u, v) => [1 + u / 2 ** 30, (v - 0.5) * 2 ** 40],
];
