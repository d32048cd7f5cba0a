import { describe, fail } from "../errors.js";
import { Layer } from "../layers/layer.js";
import { checkOptions, optional, type Rule, record } from "../options.js";
import type { OnnxNodeOptions } from "./onnx-graph.js";

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isList = (value: unknown, fits: (one: unknown) => boolean) =>
  Array.isArray(value) && [...value].every(fits);

const sides: Rule = { expected: "a list of whole numbers", accepts: (v) => isList(v, isCount) };
const attributes = record("values by name", () => true);

/** What a writer of somebody's own may give to `graph.node`. @throws ChainruleError for anything else */
export function expectNode(
  who: string,
  operator: string,
  inputs: readonly unknown[],
  count: number,
  options: OnnxNodeOptions,
): void {
  if (typeof operator !== "string" || operator === "") {
    fail(who, "the name of an operator", describe(operator), 'Write graph.node("Relu", [x]).');
  }
  if (!Array.isArray(inputs)) {
    fail(who, "the inputs of a node as a list", describe(inputs), `Write graph.node("${operator}", [x]).`);
  }
  if (!isCount(count) || count === 0) fail(who, "a count of at least 1", describe(count));
  checkOptions(`${who} graph.node`, options, { attributes: optional(attributes), shape: optional(sides) });
}

/** @throws ChainruleError unless it is a list of whole numbers */
export function expectShape(who: string, shape: unknown): void {
  if (!sides.accepts(shape)) fail(who, "a shape such as [4]", describe(shape));
}

/** @throws ChainruleError unless it is a list of whole numbers, which may be negative */
export function expectIndices(who: string, numbers: unknown): void {
  if (!isList(numbers, Number.isSafeInteger)) fail(who, "a list of whole numbers", describe(numbers));
}

/** @throws ChainruleError for anything but a number, or numbers in a row; that they are numbers is not looked at */
export function expectNumbers(who: string, numbers: unknown): void {
  const isRow = typeof numbers === "object" && isCount((numbers as ArrayLike<number> | null)?.length);
  if (typeof numbers !== "number" && !isRow) fail(who, "a number or a list of them", describe(numbers));
}

const isLayer = (value: unknown) => value instanceof Layer;

/** @throws ChainruleError unless it is a layer */
export function expectLayer(who: string, layer: unknown): void {
  if (!isLayer(layer)) fail(who, "a layer", describe(layer), 'Write graph.parameter(layer, "weight").');
}

/** @throws ChainruleError unless it is a list of layers */
export function expectLayers(who: string, layers: unknown): void {
  if (!isList(layers, isLayer)) fail(who, "a list of layers", describe(layers));
}
