import { oneOf, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { MomentOptimizer, type MomentOptions, momentRules } from "./moments.js";
import { absent } from "./optimizer.js";

export interface ScheduleFreeOptions extends Omit<MomentOptions, "average"> {
  /** What the steps are: plain ones, or Adam's without its momentum. Default: "AdamW". */
  method?: "SGD" | "AdamW";
}

/**
 * Steps without a schedule: gradients are taken at y = (1 − β₁)·z + β₁·x, **z −= γ·(d + λ·y)**, and x is the mean of all z,
 * each weighed by its γ²: x += c·(z − x), c = γ² / Σγ². SGD: d = g, γ = η. AdamW: v = β₂·v + (1 − β₂)·g²,
 * d = g / (√v + ε), γ = η·√(1 − β₂ᵗ). A warm-up is a schedule of η. A constraint holds for x, y and z.
 *
 * Training sees y. The weights to evaluate and to save are x: call `useAverages(parameters)` before, `useWeights` after.
 * Defaults: learningRate 0.0025, or 1 for SGD; weightDecay 0. A. Defazio et al., "The Road Less Scheduled", 2024.
 */
export class ScheduleFree extends MomentOptimizer<ScheduleFreeOptions> {
  static override readonly type = "ScheduleFree";
  static override readonly rules = () => ({
    ...momentRules(),
    average: absent("x is an average already"),
    method: optional(oneOf("SGD", "AdamW")),
  });
  static override readonly example: ScheduleFreeOptions = { learningRate: 0.05 };
  protected override readonly decay = "decoupled";

  constructor(options: ScheduleFreeOptions = {}) {
    super(options, options?.method === "SGD" ? 1 : 0.0025);
  }

  override restartAverages(parameters: readonly Parameter[]): void {
    super.restartAverages(parameters);
    for (const parameter of parameters) this.slots.drop(parameter, "z");
  }

  override get keepsAverages(): boolean {
    return true;
  }

  protected override get firstCount() {
    return { ...super.firstCount, total: 0 }; // Σγ²
  }

  protected update(parameter: Parameter, rate: number, decay: number): void {
    const { beta1, beta2, epsilon } = this.constants;
    const { isPlain } = this;
    const count = this.count(parameter);
    const isFirst = !this.slots.has(parameter, "z");
    const [g, y, x, z, v] = this.numbers(parameter, "average", "z", ...(isPlain ? [] : ["v"]));
    if (isFirst) {
      x.set(y);
      z.set(y);
      count.total = 0;
    }
    const gamma = isPlain ? rate : rate * Math.sqrt(1 - count.beta2Power);
    const square = gamma * gamma;
    if (square === 0) return;
    count.total += square;
    const share = square / count.total; // c
    for (let i = 0; i < y.length; i++) {
      if (!isPlain) v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      const d = isPlain ? g[i] : g[i] / (Math.sqrt(v[i]) + epsilon);
      z[i] -= gamma * (d + decay * y[i]);
    }
    parameter.constraint?.(this.slot(parameter, "z"));
    for (let i = 0; i < y.length; i++) x[i] += share * (z[i] - x[i]);
    parameter.constraint?.(this.slot(parameter, "average"));
    for (let i = 0; i < y.length; i++) y[i] = (1 - beta1) * z[i] + beta1 * x[i];
  }

  private get isPlain(): boolean {
    return this.options.method === "SGD";
  }
}
