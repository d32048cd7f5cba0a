import type { DType } from "../kernels/kernels.js";
import type { Layer } from "../layers/layer.js";
import type { Shape } from "../shape.js";
import type { Attribute } from "./write-attribute.js";

/** A tensor of the graph: what a node gives, a parameter, or a constant. */
export interface OnnxValue {
  readonly name: string;
  /** The shape of a row; a constant has no rows, and this is the shape of the whole. */
  readonly shape: Shape;
}

export interface OnnxNodeOptions {
  /** By name; a bigint is an int, and a number a float: `{ axis: -1n, alpha: 0.5 }`. Default: none. */
  attributes?: Readonly<Record<string, Attribute>>;
  /** The shape of a row of what the node gives. Default: that of its first input that has rows. */
  shape?: Shape;
}

/** What the writer of a layer puts nodes into. */
export interface OnnxGraph {
  /** That of the model. Many runtimes have fewer operators for float64. */
  readonly dtype: DType;
  /** Adds a node of an operator of opset 17, and returns what it gives. */
  node(operator: string, inputs: readonly OnnxValue[], options?: OnnxNodeOptions): OnnxValue;
  /** The same for an operator that gives several tensors of one shape. */
  nodes(
    operator: string,
    inputs: readonly OnnxValue[],
    count: number,
    options?: OnnxNodeOptions,
  ): readonly OnnxValue[];
  /** Numbers of the model's dtype. Default: all of them in a row; a number alone has the shape []. */
  constant(numbers: number | ArrayLike<number>, shape?: Shape): OnnxValue;
  /** Whole numbers of 64 bits, such as the shape for `Reshape`. */
  indices(numbers: readonly number[]): OnnxValue;
  /** The layer's parameter whose name ends with `name`, or nothing. Default: [cols] for one row, else [rows × cols]. */
  parameter(layer: Layer, name: string, shape?: Shape): OnnxValue | undefined;
  /** The same numbers in rows of another shape. */
  shaped(x: OnnxValue, shape: Shape): OnnxValue;
  /** Layers one after the other. */
  path(layers: readonly Layer[], x: OnnxValue): OnnxValue;
}

/** Writes the nodes of a layer for its input x, and returns its output. */
export type OnnxWriter = (layer: Layer, graph: OnnxGraph, x: OnnxValue) => OnnxValue;
