import type { Parameter } from "../parameter.js";
import type { Slots } from "./slots.js";

/** Gradients of several batches, for a step on their mean. */
export class Accumulation {
  /** How many are gathered for the step to come. */
  gathered = 0;

  constructor(private readonly slots: Slots) {}

  /** Takes the gradients: sum += g. Whether there are `count` now; then g = sum / count, and sum = 0. */
  add(parameters: readonly Parameter[], count: number): boolean {
    this.gathered = (this.gathered + 1) % count;
    const isDue = this.gathered === 0;
    for (const parameter of parameters) {
      if (!parameter.trainable) continue;
      const slot = this.slots.get(parameter, "gathered");
      const g = parameter.grad.data; // before the sum: to look at a gradient may form it
      const sum = slot.data;
      for (let i = 0; i < sum.length; i++) sum[i] += g[i];
      if (!isDue) continue;
      for (let i = 0; i < sum.length; i++) g[i] = sum[i] / count;
      sum.fill(0);
    }
    return isDue;
  }
}
