import * as curves from "../kernels/curves.js";
import { finite, optional, positive } from "../options.js";
import { Elementwise } from "./elementwise.js";

/** y = max(x, 0). The derivative at 0 is 0. V. Nair and G. Hinton, 2010. */
export class ReLU extends Elementwise {
  static override readonly type = "ReLU";
  static override readonly rules = () => ({});
  protected readonly curve = curves.relu;
}

/** y = x, or negativeSlope·x where x ≤ 0. A. Maas et al., 2013. Default: 0.01. */
export class LeakyReLU extends Elementwise<{ negativeSlope?: number }> {
  static override readonly type = "LeakyReLU";
  static override readonly rules = () => ({ negativeSlope: optional(finite) });
  protected readonly curve = curves.leakyRelu;
  protected override readonly parameter = this.options.negativeSlope ?? 0.01;
}

/** y = x, or α·(eˣ − 1) where x ≤ 0. D. Clevert et al., 2015. α. Default: 1. */
export class ELU extends Elementwise<{ alpha?: number }> {
  static override readonly type = "ELU";
  static override readonly rules = () => ({ alpha: optional(finite) });
  protected readonly curve = curves.elu;
  protected override readonly parameter = this.options.alpha ?? 1;
}

/** y = x·Φ(x), Φ the standard normal distribution, by erf and not by a tanh. D. Hendrycks and K. Gimpel, 2016. */
export class GELU extends Elementwise {
  static override readonly type = "GELU";
  static override readonly rules = () => ({});
  protected readonly curve = curves.gelu;
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
export class Softplus extends Elementwise<{ beta?: number }> {
  static override readonly type = "Softplus";
  static override readonly rules = () => ({ beta: optional(positive) });
  protected readonly curve = curves.softplus;
  protected override readonly parameter = this.options.beta ?? 1;
}
