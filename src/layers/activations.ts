import { wholeCurve } from "../kernels/catalogue/whole-curve.js";
import * as curves from "../kernels/curves.js";
import { logistic } from "../kernels/curves.js";
import type { Curve } from "../kernels/kernels.js";
import { finite, oneOf, optional, positive } from "../options.js";
import { Elementwise } from "./elementwise.js";

/** y = max(x, 0). The derivative at 0 is 0. V. Nair and G. Hinton, 2010. */
export class ReLU extends Elementwise {
  static override readonly type = "ReLU";
  static override readonly rules = () => ({});
  protected readonly curve = curves.relu;
}

/** y = x, or negativeSlope·x where x ≤ 0. A. Maas et al., 2013. Default: 0.01. */
export class LeakyReLU extends Elementwise<{
  /** The slope below 0. Default: 0.01. */
  negativeSlope?: number;
}> {
  static override readonly type = "LeakyReLU";
  static override readonly rules = () => ({ negativeSlope: optional(finite) });
  protected readonly curve = curves.leakyRelu;
  protected override readonly parameter = this.options.negativeSlope ?? 0.01;
}

/** y = x, or α·(eˣ − 1) where x ≤ 0. D. Clevert et al., 2015. α. Default: 1. */
export class ELU extends Elementwise<{
  /** What −y comes up to far below 0. Default: 1. */
  alpha?: number;
}> {
  static override readonly type = "ELU";
  static override readonly rules = () => ({ alpha: optional(finite) });
  protected readonly curve = curves.elu;
  protected override readonly parameter = this.options.alpha ?? 1;
}

/** x·σ(2u), u = √(2/π)·(x + 0.044715·x³);  f′ = σ(2u) + x·σ(2u)·σ(−2u)·2u′. Beyond 1000 it is x or 0. */
const geluTanh: Curve = {
  f: (x) => x * logistic(2 * inside(x)),
  df(x) {
    if (Math.abs(x) > 1000) return x > 0 ? 1 : 0;
    const u = 2 * inside(x);
    const du = 2 * SQRT_2_OVER_PI * (1 + 3 * 0.044715 * x * x);
    return logistic(u) + x * logistic(u) * logistic(-u) * du;
  },
  whole: /* @__PURE__ */ wholeCurve("geluTanh"),
};
const SQRT_2_OVER_PI = 0.7978845608028654;
const inside = (x: number) => SQRT_2_OVER_PI * (x + 0.044715 * x * x * x);

/**
 * y = x·Φ(x), Φ the standard normal distribution, by erf; `approximate: "tanh"`: by
 * ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). D. Hendrycks and K. Gimpel, 2016. Default: "none".
 */
export class GELU extends Elementwise<{
  /** "none" is by erf, "tanh" by a hyperbolic tangent, as in GPT-2. Default: "none". */
  approximate?: "none" | "tanh";
}> {
  static override readonly type = "GELU";
  static override readonly rules = () => ({ approximate: optional(oneOf("none", "tanh")) });
  protected readonly curve = this.options.approximate === "tanh" ? geluTanh : curves.gelu;
}

/** y = x·σ(x), also called swish. S. Elfwing et al., 2017. */
export class SiLU extends Elementwise {
  static override readonly type = "SiLU";
  static override readonly rules = () => ({});
  protected readonly curve = curves.silu;
}

/** y = σ(x) = 1 / (1 + e⁻ˣ). ∂y/∂x = y·(1 − y). */
export class Sigmoid extends Elementwise {
  static override readonly type = "Sigmoid";
  static override readonly rules = () => ({});
  protected readonly curve = curves.sigmoid;
}

/** y = tanh x. ∂y/∂x = 1 − y². */
export class Tanh extends Elementwise {
  static override readonly type = "Tanh";
  static override readonly rules = () => ({});
  protected readonly curve = curves.tanh;
}

/** y = ln(1 + e^(β·x)) / β, a smooth ReLU. C. Dugas et al., 2001. β. Default: 1. */
export class Softplus extends Elementwise<{
  /** How sharp the bend is: the larger, the more like ReLU. Default: 1. */
  beta?: number;
}> {
  static override readonly type = "Softplus";
  static override readonly rules = () => ({ beta: optional(positive) });
  protected readonly curve = curves.softplus;
  protected override readonly parameter = this.options.beta ?? 1;
}
