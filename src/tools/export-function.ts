import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { leavesOf } from "../model/nesting.js";
import type { Sequential } from "../model/sequential.js";
import { callable, checkOptions, optional, record } from "../options.js";
import { helpers } from "./export-helpers.js";
import { expressions } from "./export-layers.js";

/** A layer as an expression of the row `x`, an array of numbers, such as `x.map((v) => Math.max(v, 0))`. */
export type Expression = (layer: Layer, tools: ExportTools) => string;

/** What expressions are put together with. */
export interface ExportTools {
  /** Numbers that stand before the function, once; returns their name. */
  constant(numbers: ArrayLike<number>): string;
  /** A helper of `export-helpers.ts` that stands before the function; returns its name. */
  helper(name: keyof typeof helpers): string;
  /** Layers one after the other, as an expression of `x`. */
  path(layers: readonly Layer[]): string;
}

export interface ExportFunctionOptions {
  /** Expressions of your own layers, by their `type`. */
  layers?: Readonly<Record<string, Expression>>;
}

/**
 * The model as the text of a JavaScript expression that needs nothing else: a function from a row, an array of `inputSize`
 * numbers, to its outputs, as `predict` gives them up to rounding (10⁻⁶). As long as the weights are: some 10 characters
 * a number. Write it to a file behind `export const predict = `.
 * @throws ChainruleError for a model that is not built, and for a layer that it has no expression for
 */
export function exportFunction(model: Sequential<string>, options: ExportFunctionOptions = {}): string {
  const functions = callable("a function that writes an expression");
  checkOptions("exportFunction", options, {
    layers: optional(record("functions by the type of their layer", functions.accepts)),
  });
  if (!model.isBuilt) fail("exportFunction", "a built model", "one without weights", "Give it `input`.");
  const known = new Map(Object.entries({ ...expressions, ...options.layers }));
  const constants: string[] = [];
  const used = new Set<keyof typeof helpers>();
  const tools: ExportTools = {
    constant: (numbers) => `c${constants.push(`[${Array.from(numbers, shortest).join()}]`) - 1}`,
    helper(name) {
      used.add(name);
      return name;
    },
    path: (layers) => leavesOf(layers).reduce((inside, layer) => composed(inside, expressionOf(layer)), "x"),
  };
  const expressionOf = (layer: Layer): string => {
    const express = known.get(layer.type);
    if (express !== undefined) return express(layer, tools);
    const advice = `Give it: exportFunction(model, { layers: { ${layer.type}: (layer) => "x.map(…)" } }).`;
    return fail("exportFunction", "layers that it can write", layer.label, advice);
  };
  const body = leavesOf(model.layers).map((layer) => ({ layer, code: expressionOf(layer) }));
  const steps = body
    .filter(({ code }) => code !== "x")
    .map(({ layer, code }) => `    x = ${code}; // ${layer.label}`);
  return [
    "(() => {",
    ...[...used].map((name) => `  const ${name} = ${helpers[name]};`),
    ...constants.map((numbers, i) => `  const c${i} = ${numbers};`),
    "  return function predict(x) {",
    `    if (x.length !== ${model.inputSize}) throw new Error("predict expects ${model.inputSize} numbers, but got " + x.length + ".");`,
    "    x = Array.from(x);",
    ...steps,
    "    return x;",
    "  };",
    "})()",
  ].join("\n");
}

/** An expression of what another brings. */
const composed = (inside: string, outside: string): string =>
  inside === "x" ? outside : outside === "x" ? inside : `((x) => ${outside})(${inside})`;

/** The shortest digits that are read as the same float32, or else as the same number. */
function shortest(value: number): string {
  for (let digits = 6; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
