import { rectified } from "../kernels/catalogue/moment-steps.js";
import type { Parameter } from "../parameter.js";
import { type MomentCount, MomentOptimizer, type MomentOptions } from "./moments.js";

/**
 * Rectified Adam: m and v as in Adam, m̂ = m / (1 − β₁ᵗ), ρ_∞ = 2 / (1 − β₂) − 1, ρ = ρ_∞ − 2t·β₂ᵗ / (1 − β₂ᵗ).
 * While ρ ≤ 5: **w −= η·m̂**. Then **w −= η · r · m̂ · √(1 − β₂ᵗ) / (√v + ε)**, with
 * r² = (ρ − 4)·(ρ − 2)·ρ_∞ / ((ρ_∞ − 4)·(ρ_∞ − 2)·ρ).
 * Default: learningRate 0.001. L. Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020; the
 * bound of 5 and the place of ε are PyTorch's.
 */
export class RAdam extends MomentOptimizer {
  static override readonly type = "RAdam";
  static override readonly example: MomentOptions = { learningRate: 0.05 };

  constructor(options: MomentOptions = {}) {
    super(options, 0.001);
  }

  protected update(parameter: Parameter, rate: number): void {
    const count = this.count(parameter);
    const corrected = rate / (1 - count.beta1Power);
    const scale = this.rectification(count) ?? 0;
    const [m, v] = [this.slot(parameter, "m"), this.slot(parameter, "v")];
    rectified(parameter.grad, m, v, parameter.value, { ...this.constants, rate: corrected, scale });
  }

  /** r·√(1 − β₂ᵗ), or nothing while the variance of v cannot be told. */
  private rectification({ beta2Power: power, steps: t }: MomentCount): number | undefined {
    const longest = 2 / (1 - this.constants.beta2) - 1;
    const length = longest - (2 * t * power) / (1 - power);
    if (length <= 5) return undefined;
    const square = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
    return Math.sqrt(square * (1 - power));
  }
}
