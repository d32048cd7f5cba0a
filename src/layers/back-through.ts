import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";
import type { Layer } from "./layer.js";

/**
 * ∂L/∂x = dy · fₙ′ · … · f₂′ · f₁′, the chain rule. Where nobody wants it, only down to the lowest layer that trains, and
 * what is returned means nothing.
 */
export function backThrough(layers: readonly Layer[], dy: Matrix, wantsInputGradient: boolean): Matrix {
  const through = (some: readonly Layer[]) => some.reduceRight((d, layer) => layer.backward(d), dy);
  if (wantsInputGradient) return through(layers);
  const lowest = layers.findIndex(({ parameters }) => train(parameters));
  if (lowest === -1) return dy;
  const { context } = layers[lowest];
  context.wantsInputGradient = false;
  try {
    return through(layers.slice(lowest));
  } finally {
    context.wantsInputGradient = true;
  }
}

/** Whether a step changes any of them. */
const train = (parameters: readonly Parameter[]) => parameters.some(({ trainable }) => trainable);
