import type { Layer } from "../layers/layer.js";
import type { Loss } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Chain } from "./chain.js";
import { leavesOf } from "./nesting.js";

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
export function trace(model: Chain, x: Matrix, target?: { y: Matrix; loss: Loss }): LayerTrace[] {
  const leaves = leavesOf(model.layers);
  const outputs: Matrix[] = [];
  let y = x;
  for (const layer of leaves) {
    y = layer.forward(y, false);
    outputs.push(y.copy());
  }
  const traced = leaves.map((layer, i) => ({ path: layer.context.path, layer, output: outputs[i] }));
  if (target === undefined) return traced;
  const kept = model.gradients.copy();
  try {
    const gradients = gradientsOf(leaves, [x, ...outputs], target.y, target.loss);
    return traced.map((layer, i) => ({ ...layer, gradient: gradients[i] }));
  } finally {
    model.context.kernels.copy(kept, model.gradients);
  }
}

/** ∂L/∂output of each layer, the last one first. `values`: the inputs, and every layer's output. */
function gradientsOf(leaves: readonly Layer[], values: readonly Matrix[], y: Matrix, loss: Loss): Matrix[] {
  const last = leaves.length - 1;
  const { weight } = loss.total(values[last + 1], y);
  // As in training: what stands before a last Softmax or Sigmoid gets its gradient from the loss on logits.
  const onLogits = loss.fused?.after === leaves[last].type ? loss.fused.loss : undefined;
  const gradients = [loss.gradient(values[last + 1], y).div(weight)];
  for (let i = last; i > 0; i--) {
    const fused = i === last ? onLogits : undefined;
    const dy = fused?.gradient(values[i], y).div(weight) ?? leaves[i].backward(gradients[0]);
    gradients.unshift(dy.copy());
  }
  return gradients;
}
