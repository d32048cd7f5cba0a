import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Chain } from "./chain.js";

/** The layers of a model, with those of nested models in their place. */
export function leavesOf(layers: readonly Layer[]): readonly Layer[] {
  return layers.flatMap((layer) => (isChain(layer) ? leavesOf(layer.layers) : [layer]));
}

/** A chain whose forward is the plain one; a subclass under another type is a layer of its own. */
function isChain(layer: Layer): layer is Chain {
  return layer.type === "Sequential" && "layers" in layer;
}

/** Models in this list, or deeper, that were built by themselves. */
export function rootsIn(layers: readonly Layer[]): readonly Chain[] {
  return layers.flatMap((layer) => (!isChain(layer) ? [] : layer.isRoot ? [layer] : rootsIn(layer.layers)));
}

/** @throws ChainruleError if the layer is a part of a model already */
export function expectFree(layer: Layer): void {
  if (!layer.isBuilt || (isChain(layer) && layer.isRoot)) return;
  const advice = "Make a new layer, or nest the model that has this one.";
  fail(layer.label, "to be in one model", "a second one", advice);
}
