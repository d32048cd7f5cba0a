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
    const { beta1, beta2, epsilon } = this.constants;
    const corrected = rate / (1 - this.count(parameter).beta1Power);
    const [g, w, m, u] = this.numbers(parameter, "m", "u");
    for (let i = 0; i < w.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      u[i] = Math.max(beta2 * u[i], Math.abs(g[i]) + epsilon);
      w[i] -= (corrected * m[i]) / u[i];
    }
  }
}
