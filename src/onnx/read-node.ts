import { describe, fail } from "../errors.js";
import type { AttributeProto, NodeProto, TensorProto } from "./messages.js";

/** The types of attributes that are read, as ONNX numbers them. */
const [FLOAT, INT, STRING, TENSOR, FLOATS, INTS] = [1, 2, 3, 4, 6, 7];

/** A node of a graph: an operator on values that have names. What is not read of it, it does not forget. */
export class Node {
  /** The operator's name, with its domain where it is none of ONNX's own. */
  readonly op: string;
  readonly outputs: readonly string[];
  private readonly attributes = new Map<string, AttributeProto>();
  private readonly read = new Set<string>();

  /** `inputs`: the names of its inputs, empty where one is left out. */
  constructor(
    readonly inputs: readonly string[],
    private readonly proto: NodeProto,
  ) {
    const { opType, domain } = proto;
    this.op = domain === "" || domain === "ai.onnx" ? opType : `${domain}.${opType}`;
    this.outputs = proto.output;
    for (const attribute of proto.attribute) {
      const { name } = attribute;
      if (this.attributes.has(name)) this.fail("each attribute once", `${describe(name)} twice`);
      if (attribute.refAttrName !== "") this.fail("attributes with a value", "that of a function", INLINE);
      this.attributes.set(name, attribute);
    }
  }

  /** The node in an error message. */
  get who(): string {
    const { name } = this.proto;
    const called = name === "" ? `the node of ${describe(this.outputs[0] ?? "")}` : `node ${describe(name)}`;
    return `fromOnnx, ${called} (${this.op}),`;
  }

  fail(expected: string, got: string, advice = ""): never {
    return fail(this.who, expected, got, advice);
  }

  /** An attribute that is a number. */
  number(name: string, otherwise: number): number {
    const attribute = this.attribute(name, FLOAT);
    return attribute === undefined ? otherwise : decimal(attribute.f);
  }

  /** An attribute that is a whole number. */
  integer(name: string, otherwise: number): number {
    const attribute = this.attribute(name, INT);
    return attribute === undefined ? otherwise : Number(attribute.i);
  }

  /** An attribute that is a list of whole numbers. */
  integers(name: string): readonly number[] | undefined {
    return this.attribute(name, INTS)?.ints.map(Number);
  }

  /** An attribute that is a text. */
  text(name: string, otherwise: string): string {
    const bytes = this.attribute(name, STRING)?.s;
    return bytes === undefined ? otherwise : new TextDecoder().decode(bytes);
  }

  /** An attribute that is a tensor. */
  tensor(name: string): TensorProto | undefined {
    return this.attribute(name, TENSOR)?.t;
  }

  /** An attribute that is a list of numbers. */
  numbers(name: string): readonly number[] | undefined {
    return this.attribute(name, FLOATS)?.floats;
  }

  get attributeNames(): readonly string[] {
    return [...this.attributes.keys()];
  }

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  /** @throws ChainruleError for an attribute or an input that nobody read */
  expectAllRead(inputs: number): void {
    const name = [...this.attributes.keys()].find((one) => !this.read.has(one));
    if (name !== undefined) this.fail("attributes that chainrule knows", describe(name), REPLACE);
    const extra = this.inputs.findIndex((one, i) => i >= inputs && one !== "");
    if (extra >= 0) this.fail(`at most ${inputs} inputs`, String(this.inputs.length), REPLACE);
  }

  private attribute(name: string, type: number): AttributeProto | undefined {
    this.read.add(name);
    const attribute = this.attributes.get(name);
    if (attribute !== undefined && attribute.type !== type) {
      this.fail(`${describe(name)} of attribute type ${type}`, String(attribute.type));
    }
    return attribute;
  }
}

/** What to do about nodes that no layer can be made of. */
export const REPLACE =
  "Export the model with another opset, put layers of chainrule's in place of this one, or read its weights from a safetensors file into a layer of your own.";
export const INLINE = "Export the model without local functions.";

/** The shortest decimal that is the same float32: attributes are float32, so 0.1 arrives as 0.10000000149011612. */
export function decimal(x: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === Math.fround(x)) return short;
  }
  return x;
}

/** Whether two numbers are the same but for their rounding to float32. */
export const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 2 ** -22 * Math.abs(b);
