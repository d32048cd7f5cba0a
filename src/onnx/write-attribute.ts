import type { AttributeInit, Messages } from "./messages.js";

/** Ints are bigints, and floats numbers, since 1 could be either. */
export type Attribute = bigint | number | string | readonly bigint[] | readonly number[];

/** An attribute of a node with its type, which readers since IR version 2 want. */
export function attributeOf({ AttributeType }: Messages, name: string, value: Attribute): AttributeInit {
  if (typeof value === "bigint") return { name, type: AttributeType.INT, i: value };
  if (typeof value === "number") return { name, type: AttributeType.FLOAT, f: value };
  if (typeof value === "string") {
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  }
  return isInts(value)
    ? { name, type: AttributeType.INTS, ints: [...value] }
    : { name, type: AttributeType.FLOATS, floats: [...value] };
}

const isInts = (values: readonly bigint[] | readonly number[]): values is readonly bigint[] =>
  typeof values[0] === "bigint";
