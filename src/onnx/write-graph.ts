import { fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import type { Layer } from "../layers/layer.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import type { AttributeInit, Messages, NodeInit, TensorInit } from "./messages.js";
import { type Attribute, attributeOf } from "./write-attribute.js";
import { Initializers } from "./write-initializers.js";

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

type Node = NodeInit & { input: string[]; output: string[] };

/** Nodes and initializers in the making. Names begin with the place and the type of the layer: `0.Dense/Gemm`. */
export class GraphWriter implements OnnxGraph {
  readonly nodesWritten: Node[] = [];
  private readonly initializers: Initializers;
  private readonly rows = new Set<string>();
  private readonly counts = new Map<string, number>();
  private scope = "";

  constructor(
    private readonly who: string,
    private readonly messages: Messages,
    public dtype: DType,
    private readonly through: (layers: readonly Layer[], graph: GraphWriter, x: OnnxValue) => OnnxValue,
  ) {
    this.initializers = new Initializers(who, messages);
  }

  get tensors(): readonly TensorInit[] {
    return this.initializers.tensors;
  }

  /** Whether a value of this name has rows. */
  has({ name }: OnnxValue): boolean {
    return this.rows.has(name);
  }

  /** A value from outside. */
  input(name: string, shape: Shape): OnnxValue {
    this.rows.add(name);
    return { name, shape };
  }

  /** Names within `write` begin with the scope, and constants are of this dtype. Default: the one there is. */
  within(scope: string, write: () => OnnxValue, dtype: DType = this.dtype): OnnxValue {
    const outer = [this.scope, this.dtype] as const;
    [this.scope, this.dtype] = [scope, dtype];
    const value = write();
    [this.scope, this.dtype] = outer;
    return value;
  }

  node(operator: string, inputs: readonly OnnxValue[], options?: OnnxNodeOptions): OnnxValue {
    return this.nodes(operator, inputs, 1, options)[0];
  }

  nodes(
    operator: string,
    inputs: readonly OnnxValue[],
    count: number,
    { attributes = {}, shape = inputs.find((one) => this.has(one))?.shape ?? [] }: OnnxNodeOptions = {},
  ): readonly OnnxValue[] {
    const name = this.named(operator);
    const values = Array.from({ length: count }, (_, i) => ({
      name: i === 0 ? name : `${name}:${i}`,
      shape,
    }));
    const attribute: AttributeInit[] = Object.entries(attributes).map(([key, value]) =>
      attributeOf(this.messages, key, value),
    );
    this.nodesWritten.push({
      ...{ opType: operator, name, attribute },
      input: inputs.map((one) => one.name),
      output: values.map((one) => one.name),
    });
    if (inputs.some((one) => this.has(one))) for (const value of values) this.rows.add(value.name);
    return values;
  }

  constant(numbers: number | ArrayLike<number>, shape?: Shape): OnnxValue {
    const name = this.named("constant");
    return typeof numbers === "number"
      ? this.initializers.add(name, [numbers], shape ?? [], this.dtype)
      : this.initializers.add(name, numbers, shape ?? [numbers.length], this.dtype);
  }

  indices(numbers: readonly number[]): OnnxValue {
    return this.initializers.addIndices(this.named("indices"), numbers);
  }

  parameter(layer: Layer, name: string, shape?: Shape): OnnxValue | undefined {
    const found = layer.parameters.find((one) => one.name.split(".").at(-1) === name);
    if (found === undefined) return undefined;
    const { rows, cols } = found.value;
    return this.initializers.addParameter(found, shape ?? (rows === 1 ? [cols] : [rows, cols]));
  }

  shaped(x: OnnxValue, shape: Shape): OnnxValue {
    if (formatShape(x.shape) === formatShape(shape)) return x;
    if (sizeOf(x.shape) !== sizeOf(shape)) {
      fail(`${this.who}, ${this.scope},`, `rows of ${formatShape(shape)}`, formatShape(x.shape));
    }
    // A side 0 stands for the same side of x, which is the batch.
    return shape.length === 1
      ? this.node("Flatten", [x], { attributes: { axis: 1n }, shape })
      : this.node("Reshape", [x, this.indices([0, ...shape])], { shape });
  }

  path(layers: readonly Layer[], x: OnnxValue): OnnxValue {
    return this.through(layers, this, x);
  }

  /** Calls a value by the name of the graph's output. */
  rename(from: string, to: string): void {
    const renamed = (name: string) => (name === from ? to : name);
    for (const node of this.nodesWritten) {
      node.input = node.input.map(renamed);
      node.output = node.output.map(renamed);
    }
  }

  /** @throws ChainruleError for a name that something in the graph has */
  expectFree(option: string, name: string): void {
    const isTaken =
      this.initializers.has(name) || this.nodesWritten.some(({ output }) => output.includes(name));
    if (isTaken) fail(this.who, `\`${option}\` to be a name of its own`, JSON.stringify(name));
  }

  private named(what: string): string {
    const name = this.scope === "" ? what : `${this.scope}/${what}`;
    const count = this.counts.get(name) ?? 0;
    this.counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}
