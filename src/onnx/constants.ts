import { describe, fail } from "../errors.js";
import type { TensorProto } from "./messages.js";
import { type Constant, readConstant } from "./read-constant.js";
import type { Node } from "./read-node.js";

/** How long a chain of nodes before a constant may be: exporters fold them. */
const LONGEST = 32;

/** The tensors of a graph that no input changes: initializers, and what nodes make of them. Read when asked for. */
export class Constants {
  private readonly tensors = new Map<string, TensorProto>();
  private readonly nodes = new Map<string, Node>();
  private readonly known = new Map<string, Constant>();

  constructor(
    initializers: readonly TensorProto[],
    private readonly opset: number,
  ) {
    for (const tensor of initializers) {
      const { name } = tensor;
      if (name === "") fail("fromOnnx", "initializers with names", "one without");
      if (this.tensors.has(name)) fail("fromOnnx", "each initializer once", `${describe(name)} twice`);
      this.tensors.set(name, tensor);
    }
  }

  has(name: string): boolean {
    return this.tensors.has(name) || this.nodes.has(name);
  }

  /** A node that depends on constants alone. */
  take(node: Node): void {
    for (const name of node.outputs) if (name !== "") this.nodes.set(name, node);
  }

  /** @throws ChainruleError for numbers that cannot be read, or that are made in a way that is not known */
  get(name: string, depth = 0): Constant {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const made = this.make(name, depth);
    this.known.set(name, made);
    return made;
  }

  private make(name: string, depth: number): Constant {
    const tensor = this.tensors.get(name);
    if (tensor !== undefined) return readConstant(`fromOnnx, initializer ${describe(name)},`, tensor);
    const node = this.nodes.get(name);
    return node === undefined
      ? fail("fromOnnx", "a constant", `nothing of the name ${describe(name)}`)
      : this.compute(node, depth);
  }

  private compute(node: Node, depth: number): Constant {
    const advice = "Export the model with do_constant_folding=True.";
    if (depth > LONGEST) return node.fail("constants that are folded", "a long chain of nodes", advice);
    const input = () => this.get(node.inputs[0] ?? "", depth + 1);
    switch (node.op) {
      case "Constant":
        return readValue(node);
      case "Identity":
        return input();
      case "Transpose":
        return transposed(node, input());
      case "Unsqueeze":
      case "Squeeze":
        return this.withoutOnes(node, input());
      default:
        return node.fail("a constant that is folded", node.op, advice);
    }
  }

  /** Axes of length 1 put in or taken away: the numbers stay. Which, is of no interest but for their count. */
  private withoutOnes(node: Node, { type, dims, data }: Constant): Constant {
    const axes = node.inputs.length > 1 ? [...this.get(node.inputs[1]).data] : node.integers("axes");
    if (this.opset >= 13 && node.has("axes")) node.fail("axes as an input", "as an attribute");
    if (dims.length > 1 || axes?.length !== 1 || axes[0] !== 0) {
      return node.fail("a number or a list, and the axis 0", `[${dims.join(" × ")}]`);
    }
    return { type, dims: node.op === "Squeeze" ? [] : [1, ...dims], data };
  }
}

function readValue(node: Node): Constant {
  const tensor = node.tensor("value");
  if (tensor !== undefined) return readConstant(node.who, tensor);
  const floats = node.has("value_float") ? [node.number("value_float", 0)] : node.numbers("value_floats");
  if (floats !== undefined) {
    const dims = node.has("value_float") ? [] : [floats.length];
    return { type: "float32", dims, data: Float32Array.from(floats) };
  }
  const integers = node.has("value_int") ? [node.integer("value_int", 0)] : node.integers("value_ints");
  if (integers === undefined) return node.fail("a value of numbers", "none");
  const dims = node.has("value_int") ? [] : [integers.length];
  return { type: "integer", dims, data: Float64Array.from(integers) };
}

function transposed(node: Node, { type, dims, data }: Constant): Constant {
  const order = node.integers("perm") ?? [1, 0];
  if (dims.length !== 2 || order.join() !== "1,0") return node.fail("a matrix", `[${dims.join(" × ")}]`);
  const [rows, cols] = dims;
  const turned = data.slice();
  for (let i = 0; i < data.length; i++) turned[(i % cols) * rows + Math.floor(i / cols)] = data[i];
  return { type, dims: [cols, rows], data: turned };
}
