import { adagrad } from "../kernels/catalogue/scale-steps.js";
import { nonNegative, optional, positive } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Count, Counts } from "./counts.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface AdagradOptions extends OptimizerOptions {
  /** The rate of step t is η / (1 + (t − 1)·lrDecay). Default: 0. */
  lrDecay?: number;
  /** What the sum of squares begins with. Default: 0. */
  initialAccumulator?: number;
  /** ε, above 0. Default: 10⁻¹⁰. */
  epsilon?: number;
}

/**
 * Adagrad: s += g²,  **w −= η·g / (√s + ε)**.
 * Default: learningRate 0.01. J. Duchi et al., "Adaptive Subgradient Methods", 2011.
 */
export class Adagrad extends Optimizer<AdagradOptions> {
  static override readonly type = "Adagrad";
  static override readonly rules = () => ({
    ...commonRules(),
    lrDecay: optional(nonNegative),
    initialAccumulator: optional(nonNegative),
    epsilon: optional(positive),
  });

  private readonly counts = new Counts<Count>({ steps: 0 }, (one) => this.slots.wereUpdated(one));

  constructor(options: AdagradOptions = {}) {
    super(options, 0.01);
  }

  override get scalars(): Record<string, number> {
    return { ...super.scalars, ...this.counts.scalars };
  }

  override set scalars(scalars: Record<string, number>) {
    super.scalars = scalars;
    this.counts.scalars = scalars;
  }

  override forget(parameters: readonly Parameter[]): void {
    super.forget(parameters);
    this.counts.forget(parameters);
  }

  protected override begin(parameters: readonly Parameter[]): void {
    this.counts.advance(parameters, (count) => count.steps++);
  }

  protected update(parameter: Parameter, rate: number): void {
    const { lrDecay = 0, initialAccumulator = 0, epsilon = 1e-10 } = this.options;
    const eta = rate / (1 + (this.counts.of(parameter).steps - 1) * lrDecay);
    const sum = this.slot(parameter, "sum");
    adagrad(parameter.grad, sum, parameter.value, eta, initialAccumulator, epsilon);
  }
}
