import { erfc } from "../numeric/error-function.js";
import { exp, expm1 } from "../numeric/exponential.js";
import { tanh as hyperbolicTangent } from "../numeric/hyperbolic.js";
import { log1p } from "../numeric/logarithm.js";
import { wholeCurve } from "./catalogue/whole-curve.js";
import type { Curve } from "./kernels.js";

/** σ(x) = 1 / (1 + e⁻ˣ), from the side on which e⁻|ˣ| cannot overflow. */
export function logistic(x: number): number {
  const e = exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻|ˣ|) */
export function softplusOf(x: number): number {
  return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
}

/** Φ(x), the standard normal distribution: ½ erfc(−x / √2) */
function gaussianBelow(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/** φ(x), the standard normal density: e^(−x²/2) / √(2π) */
function gaussianDensity(x: number): number {
  return 0.3989422804014327 * exp(-0.5 * x * x);
}

/** max(x, 0); NaN stays NaN. f′ = 0 at 0. */
export const relu: Curve = { f: (x) => Math.max(x, 0), df: (x) => (x <= 0 ? 0 : 1) };

/** x, or slope·x below 0. f′ = slope at 0. */
export const leakyRelu: Curve = {
  f: (x, slope) => (x <= 0 ? slope * x : x),
  df: (x, _, slope) => (x <= 0 ? slope : 1),
};

/** x, or α·(eˣ − 1) below 0. */
export const elu: Curve = {
  f: (x, alpha) => (x <= 0 ? alpha * expm1(x) : x),
  df: (x, _, alpha) => (x <= 0 ? alpha * exp(x) : 1),
  whole: /* @__PURE__ */ wholeCurve("elu"),
};

/** x·Φ(x);  f′ = Φ(x) + x·φ(x) */
export const gelu: Curve = {
  f: (x) => x * gaussianBelow(x),
  df: (x) => gaussianBelow(x) + x * gaussianDensity(x),
  whole: /* @__PURE__ */ wholeCurve("gelu"),
};

/** x·σ(x);  f′ = σ(x)·(1 + x·σ(−x)) */
export const silu: Curve = {
  f: (x) => x * logistic(x),
  df: (x) => logistic(x) * (1 + x * logistic(-x)),
  whole: /* @__PURE__ */ wholeCurve("silu"),
};

/** σ(x);  f′ = y·(1 − y) */
export const sigmoid: Curve = {
  f: logistic,
  df: (_, y) => y * (1 - y),
  whole: /* @__PURE__ */ wholeCurve("sigmoid"),
};

/** tanh x;  f′ = (1 − y)·(1 + y) */
export const tanh: Curve = {
  f: hyperbolicTangent,
  df: (_, y) => (1 - y) * (1 + y),
  whole: /* @__PURE__ */ wholeCurve("tanh"),
};

/** ln(1 + e^(β·x)) / β = max(x, 0) + ln(1 + e⁻|β·ˣ|) / β, where β·x may overflow;  f′ = σ(β·x) */
export const softplus: Curve = {
  f: (x, beta) => Math.max(x, 0) + log1p(exp(-Math.abs(beta * x))) / beta,
  df: (x, _, beta) => logistic(beta * x),
  whole: /* @__PURE__ */ wholeCurve("softplus"),
};
