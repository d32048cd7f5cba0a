import { describe, fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import type { Layer } from "../layers/layer.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import {
  expectIndices,
  expectLayer,
  expectLayers,
  expectNode,
  expectNumbers,
  expectShape,
} from "./expect-writing.js";
import type { AttributeInit, Messages, NodeInit, TensorInit } from "./messages.js";
import type { OnnxGraph, OnnxNodeOptions, OnnxValue } from "./onnx-graph.js";
import { attributeOf } from "./write-attribute.js";
import { Initializers } from "./write-initializers.js";

type Node = NodeInit & { input: string[]; output: string[] };

/** Nodes and initializers in the making. Names begin with the place and the type of the layer: `0.Dense/Gemm`. */
export class GraphWriter implements OnnxGraph {
  readonly nodesWritten: Node[] = [];
  private readonly initializers: Initializers;
  /** What nodes give, and the input. */
  private readonly known = new Set<string>();
  /** Those of them that have rows. */
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
    this.known.add(name);
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
    options: OnnxNodeOptions = {},
  ): readonly OnnxValue[] {
    expectNode(this.place, operator, inputs, count, options);
    for (const one of inputs) this.expectKnown(one);
    const { attributes = {}, shape = inputs.find((one) => this.has(one))?.shape ?? [] } = options;
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
    const hasRows = inputs.some((one) => this.has(one));
    for (const value of values) {
      this.known.add(value.name);
      if (hasRows) this.rows.add(value.name);
    }
    return values;
  }

  constant(numbers: number | ArrayLike<number>, shape?: Shape): OnnxValue {
    expectNumbers(this.place, numbers);
    if (shape !== undefined) expectShape(this.place, shape);
    const name = this.named("constant");
    return typeof numbers === "number"
      ? this.initializers.add(name, [numbers], shape ?? [], this.dtype)
      : this.initializers.add(name, numbers, shape ?? [numbers.length], this.dtype);
  }

  indices(numbers: readonly number[]): OnnxValue {
    expectIndices(this.place, numbers);
    return this.initializers.addIndices(this.named("indices"), numbers);
  }

  parameter(layer: Layer, name: string, shape?: Shape): OnnxValue | undefined {
    expectLayer(this.place, layer);
    const found = layer.parameters.find((one) => one.name.split(".").at(-1) === name);
    if (found === undefined) return undefined;
    const { rows, cols } = found.value;
    return this.initializers.addParameter(found, shape ?? (rows === 1 ? [cols] : [rows, cols]));
  }

  shaped(x: OnnxValue, shape: Shape): OnnxValue {
    this.expectKnown(x);
    expectShape(this.place, shape);
    if (formatShape(x.shape) === formatShape(shape)) return x;
    if (sizeOf(x.shape) !== sizeOf(shape)) {
      fail(this.place, `rows of ${formatShape(shape)}`, formatShape(x.shape));
    }
    // A side 0 stands for the same side of x, which is the batch.
    return shape.length === 1
      ? this.node("Flatten", [x], { attributes: { axis: 1n }, shape })
      : this.node("Reshape", [x, this.indices([0, ...shape])], { shape });
  }

  path(layers: readonly Layer[], x: OnnxValue): OnnxValue {
    expectLayers(this.place, layers);
    this.expectKnown(x);
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

  private expectKnown(value: OnnxValue): void {
    const isKnown =
      typeof value === "object" &&
      value !== null &&
      (this.known.has(value.name) || this.initializers.has(value.name));
    if (isKnown) return;
    const advice = "Write graph.constant(2) for a number.";
    fail(this.place, "inputs of a node that are values of the graph", describe(value), advice);
  }

  /** Who an error speaks of. */
  private get place(): string {
    return this.scope === "" ? `${this.who}, at the end,` : `${this.who}, ${this.scope},`;
  }

  private named(what: string): string {
    const name = this.scope === "" ? what : `${this.scope}/${what}`;
    const count = this.counts.get(name) ?? 0;
    this.counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}
