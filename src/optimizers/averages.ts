import type { Parameter } from "../parameter.js";
import type { Slots } from "./slots.js";

/** Averages of the weights, in the slot `average`, and whether they or the weights are in the parameters. */
export class Averages {
  /** Whether the parameters hold the averages, and the slots the weights. */
  areInPlace = false;

  constructor(private readonly slots: Slots) {}

  /** a += (1 − β)·(w − a), brought back to the constraint as w is; the first is w itself. */
  follow(parameters: readonly Parameter[], beta: number): void {
    for (const parameter of parameters) {
      const isKnown = this.slots.has(parameter, "average");
      if (!isKnown && !parameter.trainable) continue;
      const rest = isKnown ? 1 - beta : 1;
      const slot = this.slots.get(parameter, "average");
      const [a, w] = [slot.data, parameter.value.data];
      for (let i = 0; i < a.length; i++) a[i] += rest * (w[i] - a[i]);
      parameter.constraint?.(slot);
    }
  }

  /** Weights and averages change places, where there are averages. */
  swap(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      if (!this.slots.has(parameter, "average")) continue;
      const slot = this.slots.get(parameter, "average");
      const held = slot.data.slice();
      slot.data.set(parameter.value.data);
      parameter.value.data.set(held);
    }
    this.areInPlace = !this.areInPlace;
  }

  /** What is in the parameters are the weights, and nothing is averaged yet. */
  restart(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) this.slots.drop(parameter, "average");
    this.areInPlace = false;
  }
}
