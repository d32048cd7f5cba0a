import { flag, optional, type Rules } from "../options.js";
import type { Parameter } from "../parameter.js";
import { MomentOptimizer, type MomentOptions, momentRules } from "./moments.js";

export interface AdamOptions extends MomentOptions {
  /** Whether v̂ never falls: its largest value so far counts (S. Reddi et al., 2018). Default: false. */
  amsgrad?: boolean;
}

/**
 * Adam: m = β₁·m + (1 − β₁)·g,  v = β₂·v + (1 − β₂)·g²,  **w −= η · m̂ / (√v̂ + ε)**, with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ). Default: learningRate 0.001. D. Kingma and J. Ba, 2015. With `amsgrad`, v̂ = max v / (1 − β₂ᵗ).
 */
export class Adam extends MomentOptimizer<AdamOptions> {
  static override readonly type: string = "Adam";
  static override readonly rules: () => Rules = () => ({ ...momentRules(), amsgrad: optional(flag) });

  constructor(options: AdamOptions = {}) {
    super(options, 0.001);
  }

  protected update(parameter: Parameter, rate: number, _decay?: number): void {
    const { beta1Power, beta2Power } = this.count(parameter);
    const corrected = rate / (1 - beta1Power);
    const root = Math.sqrt(1 - beta2Power);
    if (this.options.amsgrad) {
      this.updateByLargest(parameter, corrected, root);
      return;
    }
    const m = this.slot(parameter, "m");
    const v = this.slot(parameter, "v");
    const { beta1, beta2, epsilon } = this.constants;
    const step = { beta1, beta2, epsilon, rate: corrected, root };
    parameter.kernels.adam(parameter.grad, m, v, parameter.value, step);
  }

  private updateByLargest(parameter: Parameter, rate: number, root: number): void {
    const { beta1, beta2, epsilon } = this.constants;
    const [g, w, m, v, largest] = this.numbers(parameter, "m", "v", "largest");
    for (let i = 0; i < w.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      largest[i] = Math.max(largest[i], v[i]);
      w[i] -= (rate * m[i]) / (Math.sqrt(largest[i]) / root + epsilon);
    }
  }
}
