import type { Layer } from "../layers/layer.js";
import type { Loss } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";

/** What one layer made of a batch. */
export interface LayerTrace {
  /** The layer's place in the model, such as `2` or `2.0`. */
  readonly path: string;
  readonly layer: Layer;
  /** [batch × units] */
  readonly output: Matrix;
  /** ∂L/∂output of the mean loss, where targets were given, [batch × units] */
  readonly gradient?: Matrix;
}

/** The forward pass in inference mode, and with targets the backward pass, layer by layer, as copies. */
export function trace(leaves: readonly Layer[], x: Matrix, target?: { y: Matrix; loss: Loss }): LayerTrace[] {
  const outputs: Matrix[] = [];
  let y = x;
  for (const layer of leaves) {
    y = layer.forward(y, false);
    outputs.push(y.copy());
  }
  const traced = leaves.map((layer, i) => ({ path: layer.context.path, layer, output: outputs[i] }));
  if (target === undefined) return traced;

  const { weight } = target.loss.total(y, target.y);
  const gradients: Matrix[] = [];
  let dy = target.loss.gradient(y, target.y).div(weight);
  for (let i = leaves.length - 1; i >= 0; i--) {
    gradients[i] = dy.copy();
    dy = leaves[i].backward(dy);
  }
  return traced.map((layer, i) => ({ ...layer, gradient: gradients[i] }));
}
