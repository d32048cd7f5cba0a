import { moments } from "../kernels/catalogue/moment-steps.js";
import { pow } from "../numeric/power.js";
import { nonNegative, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type MomentCount, MomentOptimizer, type MomentOptions, momentRules } from "./moments.js";

export interface NAdamOptions extends MomentOptions {
  /** ψ: how fast μ rises from β₁/2 to β₁. Default: 0.004. */
  momentumDecay?: number;
}

/**
 * Adam with Nesterov's momentum: μ_t = β₁·(1 − ½·0.96^(ψ·t)), m and v as in Adam, v̂ = v / (1 − β₂ᵗ),
 * **w −= η · (μ_(t+1)·m / (1 − μ_1⋯μ_(t+1)) + (1 − μ_t)·g / (1 − μ_1⋯μ_t)) / (√v̂ + ε)**.
 * Default: learningRate 0.002. T. Dozat, "Incorporating Nesterov Momentum into Adam", 2016, with m by β₁ and not by μ_t,
 * as in PyTorch from 2.0 on. PyTorch 1.13 has μ_t twice in the first denominator.
 */
export class NAdam extends MomentOptimizer<NAdamOptions> {
  static override readonly type = "NAdam";
  static override readonly rules = () => ({ ...momentRules(), momentumDecay: optional(nonNegative) });

  constructor(options: NAdamOptions = {}) {
    super(options, 0.002);
  }

  protected override get firstCount() {
    return { ...super.firstCount, product: 1 }; // μ_1⋯μ_t
  }

  protected override next(count: MomentCount): void {
    super.next(count);
    count.product *= this.muAt(count.steps);
  }

  protected update(parameter: Parameter, rate: number): void {
    const { steps: t, beta2Power, product } = this.count(parameter);
    const [mu, nextMu] = [this.muAt(t), this.muAt(t + 1)];
    const root = Math.sqrt(1 - beta2Power);
    const now = (rate * (1 - mu)) / (1 - product);
    const next = (rate * nextMu) / (1 - product * nextMu);
    const [m, v] = [this.slot(parameter, "m"), this.slot(parameter, "v")];
    const step = { ...this.constants, now, next, root };
    moments(parameter.grad, m, v, parameter.value, step);
  }

  private muAt(t: number): number {
    const { momentumDecay = 0.004 } = this.options;
    return this.constants.beta1 * (1 - 0.5 * pow(0.96, momentumDecay * t));
  }
}
