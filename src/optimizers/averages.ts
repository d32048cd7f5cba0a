import type { Parameter } from "../parameter.js";
import type { Slots } from "./slots.js";

const trained = (parameters: readonly Parameter[]) => parameters.filter(({ trainable }) => trainable);

/** sum += g, in the slot `gathered` */
export function gatherGradients(slots: Slots, parameters: readonly Parameter[]): void {
  for (const parameter of trained(parameters)) {
    const slot = slots.get(parameter, "gathered");
    const g = parameter.grad.data; // before the sum: to look at a gradient may form it
    const sum = slot.data;
    for (let i = 0; i < sum.length; i++) sum[i] += g[i];
  }
}

/** g = sum / count, and sum = 0 */
export function takeMeanGradients(slots: Slots, parameters: readonly Parameter[], count: number): void {
  for (const parameter of trained(parameters)) {
    const slot = slots.get(parameter, "gathered");
    const g = parameter.grad.data;
    const sum = slot.data;
    for (let i = 0; i < sum.length; i++) g[i] = sum[i] / count;
    sum.fill(0);
  }
}

/** a += (1 − β)·(w − a), in the slot `average`; the first is w itself. */
export function followWeights(slots: Slots, parameters: readonly Parameter[], beta: number): void {
  for (const parameter of trained(parameters)) {
    const rest = slots.has(parameter, "average") ? 1 - beta : 1;
    const slot = slots.get(parameter, "average");
    const [a, w] = [slot.data, parameter.value.data];
    for (let i = 0; i < a.length; i++) a[i] += rest * (w[i] - a[i]);
  }
}

/** Values and averages change places, where there are averages. */
export function swapAverages(slots: Slots, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) {
    if (!slots.has(parameter, "average")) continue;
    const slot = slots.get(parameter, "average");
    const held = slot.data.slice();
    slot.data.set(parameter.value.data);
    parameter.value.data.set(held);
  }
}
