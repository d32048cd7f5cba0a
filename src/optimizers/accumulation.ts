import type { Parameter } from "../parameter.js";
import type { Slots } from "./slots.js";

/** Gradients of several batches, for a step on their mean. */
export class Accumulation {
  /** How many are gathered for the step to come. */
  gathered = 0;

  constructor(private readonly slots: Slots) {}

  /** Takes the gradients. Whether there are `count` now; `grad` is then their mean. */
  add(parameters: readonly Parameter[], count: number): boolean {
    const trained = parameters.filter(({ trainable }) => trainable);
    this.gathered = (this.gathered + 1) % count;
    for (const parameter of trained) this.gather(parameter);
    if (this.gathered === 0) for (const parameter of trained) this.takeMean(parameter, count);
    return this.gathered === 0;
  }

  /** sum += g, in the slot `gathered` */
  private gather(parameter: Parameter): void {
    const slot = this.slots.get(parameter, "gathered");
    const g = parameter.grad.data; // before the sum: to look at a gradient may form it
    const sum = slot.data;
    for (let i = 0; i < sum.length; i++) sum[i] += g[i];
  }

  /** g = sum / count, and sum = 0 */
  private takeMean(parameter: Parameter, count: number): void {
    const slot = this.slots.get(parameter, "gathered");
    const g = parameter.grad.data;
    const sum = slot.data;
    for (let i = 0; i < sum.length; i++) g[i] = sum[i] / count;
    sum.fill(0);
  }
}
