import { describe, fail } from "../errors.js";
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
  if (isListOf("bigint", value)) return { name, type: AttributeType.INTS, ints: [...value] };
  if (isListOf("number", value)) return { name, type: AttributeType.FLOATS, floats: [...value] };
  const advice = "A bigint is an int, a number is a float.";
  return fail(
    `The attribute ${JSON.stringify(name)}`,
    "a bigint, a number, a text or a list",
    describe(value),
    advice,
  );
}

function isListOf(type: "bigint", value: unknown): value is readonly bigint[];
function isListOf(type: "number", value: unknown): value is readonly number[];
function isListOf(type: string, value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === type);
}
