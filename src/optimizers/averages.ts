import type { Parameter } from "../parameter.js";
import type { Slots } from "./slots.js";

/** a += (1 − β)·(w − a), in the slot `average`, brought back to the constraint as w is; the first is w itself. */
export function followWeights(slots: Slots, parameters: readonly Parameter[], beta: number): void {
  for (const parameter of parameters) {
    const isKnown = slots.has(parameter, "average");
    if (!isKnown && !parameter.trainable) continue;
    const rest = isKnown ? 1 - beta : 1;
    const slot = slots.get(parameter, "average");
    const [a, w] = [slot.data, parameter.value.data];
    for (let i = 0; i < a.length; i++) a[i] += rest * (w[i] - a[i]);
    parameter.constraint?.(slot);
  }
}

/** Weights and averages change places, where there are averages. */
export function swapAverages(slots: Slots, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (!slots.has(parameter, "average")) continue;
    const slot = slots.get(parameter, "average");
    const held = slot.data.slice();
    slot.data.set(parameter.value.data);
    parameter.value.data.set(held);
  }
}
