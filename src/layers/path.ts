import { describe, fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import type { Rule } from "../options.js";
import type { Parameter } from "../parameter.js";
import type { Shape } from "../shape.js";
import { backThrough } from "./back-through.js";
import type { Context } from "./context.js";
import type { Layer } from "./layer.js";
import { isLayer } from "./layer-options.js";
import { adopt, assemble } from "./two-part-build.js";

/** A list of layers, as an option of a layer that has others inside. */
export const layerList: Rule = {
  expected: "a list of layers, each once",
  accepts: (v) => Array.isArray(v) && v.every(isLayer) && new Set(v).size === v.length,
};

/** Layers one after the other inside a layer; with none, y = x. */
export class Path {
  /** Those that were built here: what another model has is not ours to unbuild. */
  private own: readonly Layer[] = [];

  constructor(readonly layers: readonly Layer[]) {}

  assemble(input: Shape, context: Context): Shape {
    let shape = input;
    for (const [i, layer] of this.layers.entries()) {
      if (!layer.isBuilt) this.own = [...this.own, layer];
      shape = assemble(layer, shape, context.child(String(i)));
      if (!Array.isArray(shape)) fail(`${layer.label}.build`, "to return a shape", describe(shape));
    }
    return shape;
  }

  adopt(context: Context): void {
    adopt(this.layers, context);
    this.own = this.layers;
  }

  unbuild(): void {
    for (const layer of this.own) layer.unbuild();
    this.own = [];
  }

  get parameters(): readonly Parameter[] {
    return this.layers.flatMap((layer) => layer.parameters);
  }

  get couplesRows(): string | undefined {
    return this.layers.map((layer) => layer.couplesRows).find((reason) => reason !== undefined);
  }

  get couplesShards(): string | undefined {
    return this.layers.map((layer) => layer.couplesShards).find((reason) => reason !== undefined);
  }

  get isPenalized(): boolean {
    return this.layers.some((layer) => layer.isPenalized);
  }

  get penalty(): number {
    return this.layers.reduce((sum, layer) => sum + layer.penalty, 0);
  }

  forward(x: Matrix, training: boolean): Matrix {
    return this.layers.reduce((y, layer) => layer.forward(y, training), x);
  }

  backward(dy: Matrix, wantsInputGradient: boolean): Matrix {
    return backThrough(this.layers, dy, wantsInputGradient);
  }
}
