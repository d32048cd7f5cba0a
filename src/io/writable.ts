import { describe, fail } from "../errors.js";
import type { LayerJSON } from "../layers/layer.js";
import type { Sequential } from "../model/sequential.js";

/** How deep a model's JSON may nest: no deeper than readers take. Each model in a model takes three levels. */
const DEEPEST = 192;

/** What `toJSON` says of a model. @throws ChainruleError where it would not come back from a file as it is */
export function writableJson(who: string, model: Sequential<string>): LayerJSON {
  const json = model.toJSON();
  expectWritable(who, "model", json, 0);
  return json;
}

/** JSON makes null of infinities, texts of dates, and objects of typed arrays, and says nothing. */
function expectWritable(who: string, path: string, value: unknown, depth: number): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    return;
  const isPlain = typeof value === "object" && (Array.isArray(value) || isRecord(value));
  if (!isPlain) fail(who, `\`${path}\` to be what JSON can hold`, describe(value));
  if (depth === DEEPEST) fail(who, "models and options that nest less deep", `more than ${DEEPEST} levels`);
  for (const [name, part] of Object.entries(value as object)) {
    const isLeftOut = part === undefined && !Array.isArray(value);
    if (!isLeftOut) expectWritable(who, `${path}.${name}`, part, depth + 1);
  }
}

/** Whether nothing but `Object`, of whatever realm, is above an object. */
function isRecord(value: object): boolean {
  const above = Object.getPrototypeOf(value);
  return above === null || Object.getPrototypeOf(above) === null;
}
