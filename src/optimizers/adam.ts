import { fraction, optional, positive } from "../options.js";
import type { Parameter } from "../parameter.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface AdamOptions extends OptimizerOptions {
  /** β₁, in [0, 1). Default: 0.9. */
  beta1?: number;
  /** β₂, in [0, 1). Default: 0.999. */
  beta2?: number;
  /** ε, above 0. Default: 10⁻⁸. */
  epsilon?: number;
}

/**
 * Adam: m = β₁·m + (1 − β₁)·g,  v = β₂·v + (1 − β₂)·g²,  **w −= η · m̂ / (√v̂ + ε)**, with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ). Default: learningRate 0.001. D. Kingma and J. Ba, 2015.
 */
export class Adam extends Optimizer<AdamOptions> {
  static override readonly type = "Adam";
  static override readonly rules = () => ({
    ...commonRules(),
    beta1: optional(fraction),
    beta2: optional(fraction),
    epsilon: optional(positive),
  });
  static override readonly example = { learningRate: 0.01 };

  private beta1Power = 1; // β₁ᵗ, a running product: the same bits in every engine
  private beta2Power = 1; // β₂ᵗ

  constructor(options: AdamOptions = {}) {
    super(options, 0.001);
  }

  override get scalars(): Record<string, number> {
    return { ...super.scalars, beta1Power: this.beta1Power, beta2Power: this.beta2Power };
  }

  override set scalars(scalars: Record<string, number>) {
    super.scalars = scalars;
    this.beta1Power = scalars.beta1Power;
    this.beta2Power = scalars.beta2Power;
  }

  protected override begin(): void {
    const { beta1 = 0.9, beta2 = 0.999 } = this.options;
    this.beta1Power *= beta1;
    this.beta2Power *= beta2;
  }

  protected update(parameter: Parameter, rate: number): void {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = this.options;
    const m = this.slot(parameter, "m");
    const v = this.slot(parameter, "v");
    parameter.kernels.adam(parameter.grad, m, v, parameter.value, {
      beta1,
      beta2,
      epsilon,
      rate: rate / (1 - this.beta1Power),
      root: Math.sqrt(1 - this.beta2Power),
    });
  }
}
