import { rmsprop } from "../kernels/catalogue/scale-steps.js";
import { flag, fraction, optional, positive } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Momentum, momentumAt, momentumRule } from "../schedules/schedule.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface RMSpropOptions extends OptimizerOptions {
  /** α, in [0, 1). Default: 0.99. */
  alpha?: number;
  /** Whether to divide by the standard deviation of the gradient, and not by its root mean square. Default: false. */
  centered?: boolean;
  /** μ, in [0, 1): a number, or a schedule such as oneCycleMomentum(…). Default: 0. */
  momentum?: Momentum;
  /** ε, above 0. Default: 10⁻⁸. */
  epsilon?: number;
}

/**
 * RMSprop: v = α·v + (1 − α)·g²,  d = g / (√v + ε),  **w −= η·d**. With momentum: b = μ·b + d, w −= η·b. With `centered`,
 * a = α·a + (1 − α)·g, and v − a² stands in the place of v.
 * Default: learningRate 0.01. T. Hinton, lecture 6e, 2012; centered: A. Graves, 2013. The form is PyTorch's.
 */
export class RMSprop extends Optimizer<RMSpropOptions> {
  static override readonly type = "RMSprop";
  static override readonly rules = () => ({
    ...commonRules(),
    alpha: optional(fraction),
    centered: optional(flag),
    momentum: optional(momentumRule),
    epsilon: optional(positive),
  });
  static override readonly example: RMSpropOptions = { learningRate: 0.01 };

  private momentum = 0; // μ of the step that is under way

  constructor(options: RMSpropOptions = {}) {
    super(options, 0.01);
  }

  protected override begin(): void {
    this.momentum = momentumAt(this.options.momentum ?? 0, this.steps);
  }

  protected update(parameter: Parameter, rate: number): void {
    const { alpha = 0.99, centered = false, epsilon = 1e-8 } = this.options;
    const v = this.slot(parameter, "v");
    const mean = centered ? this.slot(parameter, "mean") : undefined;
    const velocity = this.options.momentum ? this.slot(parameter, "velocity") : undefined;
    const step = { eta: rate, alpha, mu: this.momentum, epsilon };
    rmsprop(parameter.grad, v, mean, velocity, parameter.value, step);
  }
}
