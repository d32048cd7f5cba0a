import type { Parameter } from "../parameter.js";
import { Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface GradientDescentOptions extends OptimizerOptions {
  learningRate: NonNullable<OptimizerOptions["learningRate"]>;
}

/**
 * Batch gradient descent: **w −= η·g**, with g the gradient over all training rows, so one step an epoch. `fit` adds it up
 * in pieces, in bounded memory. A. Cauchy, 1847.
 */
export class GradientDescent extends Optimizer<GradientDescentOptions> {
  static override readonly type = "GradientDescent";
  override readonly batches = "full";

  constructor(options: GradientDescentOptions) {
    super(options);
  }

  protected update(parameter: Parameter, rate: number): void {
    parameter.descend(-rate);
  }
}
