import { fail } from "../errors.js";
import { flag, fraction, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface SGDOptions extends OptimizerOptions {
  learningRate: NonNullable<OptimizerOptions["learningRate"]>;
  /** μ, in [0, 1). Default: 0. */
  momentum?: number;
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
    momentum: optional(fraction),
    nesterov: optional(flag),
  });

  /** @throws ChainruleError for `nesterov` without a momentum, too */
  constructor(options: SGDOptions) {
    super(options);
    if (options.nesterov && !options.momentum) fail("SGD", "a `momentum` with nesterov", "none", "Try 0.9.");
  }

  protected update(parameter: Parameter, rate: number): void {
    const { momentum = 0, nesterov = false } = this.options;
    if (momentum === 0) {
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
