import { describe, fail } from "../errors.js";
import type { LayerJSON } from "../layers/layer.js";

/** Whether JSON is what `toJSON` writes of a thing: `{ type, options }`. */
export function isTyped(value: unknown): value is LayerJSON {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "type" in value;
}

/** @throws ChainruleError unless it is `{ type, options }` */
export function expectTyped(who: string, json: unknown): LayerJSON {
  if (!isTyped(json) || typeof json.type !== "string")
    fail(who, "an object { type, options }", describe(json));
  const { type, options } = json;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    fail(who, `\`options\` of ${type} to be an object`, describe(options));
  }
  return { type, options };
}
