import { lion } from "../kernels/catalogue/moment-steps.js";
import { fraction, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface LionOptions extends OptimizerOptions {
  /** β₁, in [0, 1): how much of the momentum there is in the step. Default: 0.9. */
  beta1?: number;
  /** β₂, in [0, 1): how much of the momentum stays. Default: 0.99. */
  beta2?: number;
}

/**
 * Lion: **w −= η · (sign(β₁·m + (1 − β₁)·g) + λ·w)**, then m = β₂·m + (1 − β₂)·g.
 * Defaults: learningRate 0.0001, weightDecay 0, which is decoupled.
 * X. Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023.
 */
export class Lion extends Optimizer<LionOptions> {
  static override readonly type = "Lion";
  static override readonly rules = () => ({
    ...commonRules(),
    beta1: optional(fraction),
    beta2: optional(fraction),
  });
  static override readonly example: LionOptions = { learningRate: 0.01 };
  protected override readonly decay = "decoupled";

  constructor(options: LionOptions = {}) {
    super(options, 0.0001);
  }

  protected update(parameter: Parameter, rate: number, decay: number): void {
    const { beta1 = 0.9, beta2 = 0.99 } = this.options;
    lion(parameter.grad, this.slot(parameter, "m"), parameter.value, { beta1, beta2, rate, decay });
  }
}
