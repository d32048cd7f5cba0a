import { fraction, optional, positive, type Rules } from "../options.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

/** The options of the family of Adam. */
export interface MomentOptions extends OptimizerOptions {
  /** β₁, in [0, 1). Default: 0.9. */
  beta1?: number;
  /** β₂, in [0, 1). Default: 0.999. */
  beta2?: number;
  /** ε, above 0. Default: 10⁻⁸. */
  epsilon?: number;
}

export const momentRules = (): Rules => ({
  ...commonRules(),
  beta1: optional(fraction),
  beta2: optional(fraction),
  epsilon: optional(positive),
});

interface Constants {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Methods that keep moving means of the gradient and of its square, which begin at 0 and are corrected for it. */
export abstract class MomentOptimizer<
  Options extends MomentOptions = MomentOptions,
> extends Optimizer<Options> {
  static override readonly rules: () => Rules = momentRules;
  static override readonly example: OptimizerOptions = { learningRate: 0.01 };

  /** ε where the options have none. */
  protected readonly defaultEpsilon: number = 1e-8;
  private kept: Constants | undefined; // made once: it is asked for in every step
  protected beta1Power = 1; // β₁ᵗ, a running product: the same bits in every engine
  protected beta2Power = 1; // β₂ᵗ

  override get scalars(): Record<string, number> {
    return { ...super.scalars, beta1Power: this.beta1Power, beta2Power: this.beta2Power };
  }

  override set scalars(scalars: Record<string, number>) {
    super.scalars = scalars;
    this.beta1Power = scalars.beta1Power;
    this.beta2Power = scalars.beta2Power;
  }

  /** β₁, β₂ and ε. */
  protected get constants(): Constants {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = this.defaultEpsilon } = this.options;
    this.kept ??= { beta1, beta2, epsilon };
    return this.kept;
  }

  protected override begin(_rate?: number): void {
    const { beta1, beta2 } = this.constants;
    this.beta1Power *= beta1;
    this.beta2Power *= beta2;
  }
}
