import type { Layer, LayerClass } from "../layers/layer.js";
import { mapLayers } from "../layers/layer-options.js";
import { Chain } from "./chain.js";
import type { Sequential } from "./sequential.js";
import type { SequentialOptions } from "./sequential-options.js";

/** The same layers again, without weights but for those of models that were built by themselves. */
export function remake(model: Sequential<string>, changes: SequentialOptions): Sequential {
  const again = (layer: Layer): Layer => {
    if (isModel(layer)) return layer.isRoot ? layer.clone() : remake(layer, {});
    return new (layer.constructor as LayerClass)(mapLayers(layer.options, again) as never);
  };
  const { layers: _, ...options } = model.options;
  const Model = model.constructor as typeof Sequential;
  return new Model(model.layers.map(again), { ...options, ...changes });
}

/** A subclass of a model under another type is one too. */
const isModel = (layer: Layer): layer is Sequential => layer instanceof Chain;
