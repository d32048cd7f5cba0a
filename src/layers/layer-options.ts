import { fail } from "../errors.js";
import { isNamed } from "../named.js";
import type { Layer } from "./layer.js";

/** By what it can do and not by its class, so that layers of another copy of this library are layers too. */
export function isLayer(value: unknown): value is Layer {
  return (
    typeof value === "object" &&
    value !== null &&
    "forward" in value &&
    "backward" in value &&
    "build" in value
  );
}

/** The options with each layer among them, in lists or in lists of lists, as `f` says. */
export function mapLayers(options: object, f: (layer: Layer) => unknown): object {
  const map = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    return isLayer(value) ? f(value) : value;
  };
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, map(value)]));
}

/** Options that JSON can hold. @throws ChainruleError for a function that no named factory made */
export function plainOptions(who: string, options: object): Readonly<Record<string, unknown>> {
  const parts = Object.entries(mapLayers(options, (layer) => layer.toJSON())).map(([name, value]) => {
    if (typeof value !== "function") return [name, value];
    if (isNamed(value)) return [name, { type: value.type, options: value.options }];
    const advice = "Use a named factory such as glorotUniform(), or make one with named().";
    return fail(`${who}.toJSON`, `\`${name}\` to be made by a named factory`, "a bare function", advice);
  });
  return Object.fromEntries(parts);
}

/** The same options, lists and plain objects copied: what a caller does later to one of its own changes no layer. */
export function frozenCopy(options: object): object {
  return copied(options, new Map());
}

/** `copies`: of what was met on the way, since an option may have itself inside. */
function copied(from: object, copies: Map<object, object>): object {
  const copy: object = Array.isArray(from) ? new Array(from.length) : {};
  copies.set(from, copy);
  for (const [name, value] of Object.entries(from)) {
    const isOwn = (Array.isArray(value) || isPlain(value)) && !isLayer(value);
    const part: unknown = isOwn ? (copies.get(value) ?? copied(value, copies)) : value;
    Object.defineProperty(copy, name, { value: part, enumerable: true }); // whatever the name, `__proto__` too
  }
  return Object.freeze(copy);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Options as a program would write them: `{ units: 128 }`, or nothing. */
export function writtenOptions(options: object): string {
  const parts = Object.entries(options).map(([name, value]) => `${name}: ${written(value)}`);
  return parts.length === 0 ? "" : `{ ${parts.join(", ")} }`;
}

function written(value: unknown): string {
  if (isNamed(value)) return `${value.type}(${writtenOptions(value.options)})`;
  if (typeof value === "function") return value.name || "a function";
  if (isLayer(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  return JSON.stringify(value) ?? String(value);
}
