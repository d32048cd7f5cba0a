import type { Parameter } from "../parameter.js";
import type { Slots } from "./slots.js";

/** sum += g, in the slot `gathered`. When `isDue`, with `count` of them together, g = sum / count, and sum = 0. */
export function gatherGradients(
  slots: Slots,
  parameters: readonly Parameter[],
  count: number,
  isDue: boolean,
): void {
  for (const parameter of parameters) {
    if (!parameter.trainable) continue;
    const slot = slots.get(parameter, "gathered");
    const g = parameter.grad.data; // before the sum: to look at a gradient may form it
    const sum = slot.data;
    for (let i = 0; i < sum.length; i++) sum[i] += g[i];
    if (!isDue) continue;
    for (let i = 0; i < sum.length; i++) g[i] = sum[i] / count;
    sum.fill(0);
  }
}
