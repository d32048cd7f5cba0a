import { adadelta } from "../kernels/catalogue/scale-steps.js";
import { fraction, optional, positive } from "../options.js";
import type { Parameter } from "../parameter.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface AdadeltaOptions extends OptimizerOptions {
  /** ρ, in [0, 1). Default: 0.9. */
  rho?: number;
  /** ε, above 0. Default: 10⁻⁶. */
  epsilon?: number;
}

/**
 * Adadelta: v = ρ·v + (1 − ρ)·g²,  d = √(u + ε) / √(v + ε) · g,  u = ρ·u + (1 − ρ)·d²,  **w −= η·d**.
 * Default: learningRate 1. M. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012.
 */
export class Adadelta extends Optimizer<AdadeltaOptions> {
  static override readonly type = "Adadelta";
  static override readonly rules = () => ({
    ...commonRules(),
    rho: optional(fraction),
    epsilon: optional(positive),
  });
  static override readonly example: AdadeltaOptions = { learningRate: 1, epsilon: 1e-3 };

  constructor(options: AdadeltaOptions = {}) {
    super(options, 1);
  }

  protected update(parameter: Parameter, rate: number): void {
    const { rho = 0.9, epsilon = 1e-6 } = this.options;
    const [v, u] = [this.slot(parameter, "v"), this.slot(parameter, "u")];
    adadelta(parameter.grad, v, u, parameter.value, rate, rho, epsilon);
  }
}
