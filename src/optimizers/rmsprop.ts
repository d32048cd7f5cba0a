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
    const { momentum } = this;
    const [g, w, v, ...more] = this.numbers(
      parameter,
      "v",
      ...(centered ? ["mean"] : []),
      ...(this.options.momentum ? ["velocity"] : []),
    );
    const [a, b] = centered ? more : [undefined, more[0]];
    for (let i = 0; i < w.length; i++) {
      v[i] = alpha * v[i] + (1 - alpha) * g[i] * g[i];
      if (a !== undefined) a[i] = alpha * a[i] + (1 - alpha) * g[i];
      // A variance is not below 0, though rounding may say so.
      const variance = a === undefined ? v[i] : Math.max(0, v[i] - a[i] * a[i]);
      const d = g[i] / (Math.sqrt(variance) + epsilon);
      if (b !== undefined) b[i] = momentum * b[i] + d;
      w[i] -= rate * (b === undefined ? d : b[i]);
    }
  }
}
