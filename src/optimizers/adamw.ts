import type { Parameter } from "../parameter.js";
import { Adam } from "./adam.js";

/**
 * Adam with decoupled weight decay: **w −= η·λ·w**, then Adam's step on the gradient alone.
 * Defaults: learningRate 0.001, weightDecay 0.01. I. Loshchilov and F. Hutter, 2019; the form is PyTorch's.
 */
export class AdamW extends Adam {
  static override readonly type: string = "AdamW";
  protected override readonly decay = "decoupled";
  protected override readonly defaultDecay: number = 0.01;

  protected override update(parameter: Parameter, rate: number, decay: number): void {
    const { kernels, value } = parameter;
    if (decay !== 0) kernels.multiply(value, 1 - rate * decay, value);
    super.update(parameter, rate);
  }
}
