import { fail } from "../errors.js";
import { flag, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Momentum, momentumAt, momentumRule } from "../schedules/schedule.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface SGDOptions extends OptimizerOptions {
  learningRate: NonNullable<OptimizerOptions["learningRate"]>;
  /** μ, in [0, 1): a number, or a schedule such as oneCycleMomentum(…). Default: 0. */
  momentum?: Momentum;
  /** Whether to look ahead along the velocity. Default: false. */
  nesterov?: boolean;
}

/**
 * Stochastic gradient descent: **w −= η·g**. With momentum: v = μ·v + g, w −= η·v; with Nesterov's: w −= η·(g + μ·v).
 * B. Polyak, 1964; I. Sutskever et al., "On the importance of initialization and momentum", 2013. The form is PyTorch's.
 */
export class SGD extends Optimizer<SGDOptions> {
  static override readonly type: string = "SGD";
  static override readonly rules = () => ({
    ...commonRules(),
    momentum: optional(momentumRule),
    nesterov: optional(flag),
  });

  private momentum = 0; // μ of the step that is under way

  /** @throws ChainruleError for `nesterov` without a momentum, too */
  constructor(options: SGDOptions) {
    super(options);
    if (options.nesterov && !options.momentum) fail("SGD", "a `momentum` with nesterov", "none", "Try 0.9.");
  }

  protected override begin(): void {
    this.momentum = momentumAt(this.options.momentum ?? 0, this.steps);
  }

  protected update(parameter: Parameter, rate: number): void {
    const { nesterov = false } = this.options;
    const { momentum } = this;
    if (!this.options.momentum) {
      parameter.descend(-rate);
      return;
    }
    const { kernels, value: w, grad: g } = parameter;
    const v = this.slot(parameter, "velocity");
    kernels.momentum(g, momentum, v);
    if (nesterov) kernels.addScaled(g, -rate, w);
    kernels.addScaled(v, nesterov ? -rate * momentum : -rate, w);
  }
}
