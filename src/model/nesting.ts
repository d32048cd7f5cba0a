import { describe, fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { isLayer, mapLayers } from "../layers/layer-options.js";
import { shape } from "../options.js";
import type { Shape } from "../shape.js";
import type { Chain } from "./chain.js";

/** A chain whose forward is the plain one; a subclass under another type is a layer of its own. */
export function isChain(layer: Layer): layer is Chain {
  return layer.type === "Sequential" && "layers" in layer;
}

/** The layers of a model, with those of nested models in their place. */
export function leavesOf(layers: readonly Layer[]): readonly Layer[] {
  return layers.flatMap((layer) => (isChain(layer) ? leavesOf(layer.layers) : [layer]));
}

/** Whether one of these layers is a model that was built by itself, or has one. */
export function hasWeights(layers: readonly Layer[]): boolean {
  return layers.some((layer) =>
    isChain(layer) ? layer.isRoot || hasWeights(layer.layers) : hasWeights(layersIn(layer)),
  );
}

/** A copy of the list. @throws ChainruleError unless it holds layers, each once, that are in no other model */
export function expectLayers(who: string, layers: readonly Layer[]): readonly Layer[] {
  if (!Array.isArray(layers)) fail(who, "a list of layers", describe(layers), "Write new Sequential([…]).");
  if (layers.length === 0) fail(who, "at least one layer", "none");
  for (const [i, layer] of layers.entries()) {
    if (isLayer(layer)) continue;
    const advice = typeof layer === "function" ? `Make one: new ${layer.name}({ … }).` : "";
    fail(who, "a list of layers", `${describe(layer)} in place ${i}`, advice);
  }
  const leaves = allOf(layers);
  const twice = leaves.find((layer, i) => leaves.indexOf(layer) !== i);
  if (twice !== undefined) {
    const advice = "A layer remembers its input: make a second one.";
    fail(who, "each layer once", `${twice.label} twice`, advice);
  }
  expectFree(layers);
  return Object.freeze([...layers]);
}

/** @throws ChainruleError if one of the layers is a part of a model already, or a model in training */
export function expectFree(layers: readonly Layer[]): void {
  for (const layer of layers) {
    const chain = isChain(layer) ? layer : undefined;
    if (chain?.isTraining) {
      fail(chain.label, "to be nested while nothing trains it", "a running fit", "Await it first.");
    }
    if (layer.isBuilt && !chain?.isRoot) {
      const advice = "Make a new layer, or nest the model that has this one.";
      fail(layer.label, "to be in one model", "a second one", advice);
    }
    if (chain === undefined) expectFree(layersIn(layer));
    else if (!chain.isBuilt) expectFree(chain.layers);
  }
}

/** The leaves, and those inside of leaves. */
function allOf(layers: readonly Layer[]): readonly Layer[] {
  return leavesOf(layers).flatMap((leaf) => [leaf, ...allOf(layersIn(leaf))]);
}

/** The layers among a layer's options. */
export function layersIn({ options }: Layer): readonly Layer[] {
  const inside: Layer[] = [];
  mapLayers(options ?? {}, (layer) => inside.push(layer));
  return inside;
}

/** @throws ChainruleError unless a layer's `build` returned a shape: easily forgotten in a layer of one's own */
export function expectShape(layer: Layer, output: Shape): void {
  if (!shape.accepts(output)) {
    fail(`${layer.label}.build`, "to return the shape of the output's rows", describe(output));
  }
}
