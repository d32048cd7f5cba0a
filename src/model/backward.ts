import type { Layer } from "../layers/layer.js";
import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";
import type { Pending } from "../pending.js";

/**
 * Down to the lowest layer that trains, which need not say what its inputs would like to be. `parameters`: those of each
 * layer; `pending`, where the step has no other rows: gradients may be kept as products.
 */
export function backward(
  chain: readonly Layer[],
  parameters: readonly (readonly Parameter[])[],
  dOutput: Matrix,
  pending: Pending | false,
): void {
  let lowest = 0;
  while (lowest < chain.length && !anyTrains(parameters[lowest])) lowest++;
  if (lowest === chain.length) return;
  const { context } = chain[lowest];
  context.wantsInputGradient = false;
  try {
    let dy = dOutput;
    for (let i = chain.length - 1; i >= lowest; i--) {
      if (pending) pending.mayKeep = chain[i].keepsOperands;
      dy = chain[i].backward(dy);
    }
  } finally {
    context.wantsInputGradient = true;
  }
}

/** Whether a step changes any of them. */
function anyTrains(parameters: readonly Parameter[]): boolean {
  for (const { trainable } of parameters) if (trainable) return true;
  return false;
}
