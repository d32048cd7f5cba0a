import { adamax } from "../kernels/catalogue/moment-steps.js";
import type { Parameter } from "../parameter.js";
import { MomentOptimizer, type MomentOptions } from "./moments.js";

/**
 * Adamax: m = β₁·m + (1 − β₁)·g,  u = max(β₂·u, |g| + ε),  **w −= η / (1 − β₁ᵗ) · m / u**.
 * Default: learningRate 0.002. D. Kingma and J. Ba, 2015, section 7.1; ε keeps u above 0, as in PyTorch.
 */
export class Adamax extends MomentOptimizer {
  static override readonly type = "Adamax";

  constructor(options: MomentOptions = {}) {
    super(options, 0.002);
  }

  protected update(parameter: Parameter, rate: number): void {
    const corrected = rate / (1 - this.count(parameter).beta1Power);
    const [m, u] = [this.slot(parameter, "m"), this.slot(parameter, "u")];
    adamax(parameter.grad, m, u, parameter.value, { ...this.constants, rate: corrected });
  }
}
