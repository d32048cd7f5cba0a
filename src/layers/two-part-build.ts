import type { Shape } from "../shape.js";
import type { Context } from "./context.js";
import type { Layer } from "./layer.js";

/** A layer with others inside. Models that were built by themselves are among them left alone until all fits. */
export interface TwoPartBuild extends Layer {
  /** Builds all but the models that have weights already, or, where something does not fit, changes nothing. */
  assemble(input: Shape, context: Context): Shape;
  /** Moves these models, weights and all, to their places in `context`: after the whole was assembled. */
  adopt(context: Context): void;
}

/** The first part of a layer's build, or the whole build of one that has no others inside. */
export function assemble(layer: Layer, input: Shape, context: Context): Shape {
  return hasTwoParts(layer) ? layer.assemble(input, context) : layer.build(input, context);
}

/** The second part of the builds of some layers, each in its place of `context`. */
export function adopt(layers: readonly Layer[], context: Context): void {
  for (const [i, layer] of layers.entries()) if (hasTwoParts(layer)) layer.adopt(context.child(String(i)));
}

/** By what it can do, as `isLayer`. */
const hasTwoParts = (layer: Layer): layer is TwoPartBuild => "assemble" in layer && "adopt" in layer;
