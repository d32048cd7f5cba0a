import { fraction, optional, positive, type Rules } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Momentum, momentumAt, momentumRule } from "../schedules/schedule.js";
import { type Count, Counts } from "./counts.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

/** The options of the family of Adam. */
export interface MomentOptions extends OptimizerOptions {
  /** β₁, in [0, 1): a number, or a schedule such as oneCycleMomentum(…). Default: 0.9. */
  beta1?: Momentum;
  /** β₂, in [0, 1). Default: 0.999. */
  beta2?: number;
  /** ε, above 0. Default: 10⁻⁸. */
  epsilon?: number;
}

export const momentRules = (): Rules => ({
  ...commonRules(),
  beta1: optional(momentumRule),
  beta2: optional(fraction),
  epsilon: optional(positive),
});

interface Constants {
  beta1: number; // of the step that is under way
  readonly beta2: number;
  readonly epsilon: number;
}

/** t, and running products, not powers: the same bits in every engine. */
export type MomentCount = Count & {
  /** β₁ᵗ */
  beta1Power: number;
  /** β₂ᵗ */
  beta2Power: number;
};

/** Methods that keep moving means of the gradient and of its square, which begin at 0 and are corrected for it. */
export abstract class MomentOptimizer<
  Options extends MomentOptions = MomentOptions,
> extends Optimizer<Options> {
  static override readonly rules: () => Rules = momentRules;
  static override readonly example: OptimizerOptions = { learningRate: 0.01 };

  /** ε where the options have none. */
  protected readonly defaultEpsilon: number = 1e-8;
  private kept: Constants | undefined; // made once: it is asked for in every step
  private readonly counts = new Counts<MomentCount>(this.firstCount, (one) => this.slots.wereUpdated(one));

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

  /** What counts begin with. */
  protected get firstCount(): MomentCount {
    return { steps: 0, beta1Power: 1, beta2Power: 1 };
  }

  /** t and what comes of it, for the step that is under way. */
  protected count(parameter: Parameter): MomentCount {
    return this.counts.of(parameter);
  }

  /** β₁, β₂ and ε. */
  protected get constants(): Constants {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = this.defaultEpsilon } = this.options;
    this.kept ??= { beta1: typeof beta1 === "number" ? beta1 : 0, beta2, epsilon };
    return this.kept;
  }

  protected override begin(parameters: readonly Parameter[]): void {
    const { beta1 } = this.options;
    if (typeof beta1 === "function") this.constants.beta1 = momentumAt(beta1, this.steps);
    this.counts.advance(parameters, (count) => this.next(count));
  }

  /** One step more. */
  protected next(count: MomentCount): void {
    const { beta1, beta2 } = this.constants;
    count.steps++;
    count.beta1Power *= beta1;
    count.beta2Power *= beta2;
  }
}
