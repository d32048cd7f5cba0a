import { describe, fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { leavesOf } from "../model/nesting.js";
import type { Sequential } from "../model/sequential.js";
import { callable, checkOptions, optional, record } from "../options.js";
import { expectModel } from "./expect-model.js";
import { helpers } from "./export-helpers.js";
import { expressions } from "./export-layers.js";
import { written } from "./export-number.js";

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
 * a number in float32, 20 in float64. Write it to a file behind `export const predict = `.
 * @throws ChainruleError for a model that is not built, and for a layer that it has no expression for
 */
export function exportFunction(model: Sequential<string>, options: ExportFunctionOptions = {}): string {
  expectModel(WHO, model);
  const functions = callable("a function that writes an expression");
  checkOptions(WHO, options, {
    layers: optional(record("functions by the type of their layer", functions.accepts)),
  });
  if (!model.isBuilt) fail(WHO, "a built model", "one without weights", "Give it `input`.");
  const known = new Map(Object.entries({ ...expressions(), ...options.layers }));
  const constants: string[] = [];
  const used = new Set<keyof typeof helpers>();
  const isSingle = model.context.dtype === "float32";
  const tools: ExportTools = {
    constant: (numbers) => `c${constants.push(isSingle ? singles(numbers) : listed(numbers, written)) - 1}`,
    helper(name) {
      used.add(name);
      return name;
    },
    path(layers) {
      const steps = stepsOf(layers);
      return steps.length === 0
        ? "x"
        : `((x) => { ${steps.map(({ code }) => `x = ${code};`).join(" ")} return x; })(x)`;
    },
  };
  /** Numbers are rounded after each layer, as in the model, so that what overflows there does so here. */
  const rounded = (code: string) => (isSingle ? `${tools.helper("round")}(${code})` : code);
  const stepsOf = (layers: readonly Layer[]) =>
    leavesOf(layers)
      .map((layer) => ({ layer, code: expressionOf(layer, known, tools) }))
      .filter(({ code }) => code !== "x")
      .map(({ layer, code }) => ({ layer, code: rounded(code) }));
  const input = rounded("x");
  const body = stepsOf(model.layers);
  return [
    "(() => {",
    ...[...used].map((name) => `  const ${name} = ${helpers[name]};`),
    ...constants.map((numbers, i) => `  const c${i} = ${numbers};`),
    "  return function predict(x) {",
    `    if (x.length !== ${model.inputSize}) throw new Error("predict expects ${model.inputSize} numbers, but got " + x.length + ".");`,
    `    x = ${isSingle ? input : "Array.from(x)"};`,
    ...body.map(({ layer, code }) => `    x = ${code}; // ${layer.label.replace(LINE_ENDS, " ")}`),
    "    return x;",
    "  };",
    "})()",
  ].join("\n");
}

const WHO = "exportFunction";

/** After them a comment is over. */
const LINE_ENDS = /[\n\r\u2028\u2029]/g;

function expressionOf(layer: Layer, known: ReadonlyMap<string, Expression>, tools: ExportTools): string {
  const express = known.get(layer.type);
  if (express === undefined) {
    const advice = `Give it: exportFunction(model, { layers: { ${layer.type}: (layer) => "x.map(…)" } }).`;
    fail(WHO, "layers that it can write", layer.label, advice);
  }
  const code: unknown = express(layer, tools);
  if (typeof code === "string" && code !== "") return code;
  return fail(
    WHO,
    `an expression of ${layer.label} as text`,
    describe(code),
    'Return one such as "x.map(…)".',
  );
}

const listed = (numbers: ArrayLike<number>, write: (value: number) => string) =>
  `[${Array.from(numbers, write).join()}]`;

/** As float32, so that few digits are enough. */
const singles = (numbers: ArrayLike<number>) => `Array.from(new Float32Array(${listed(numbers, shortest)}))`;

/** The fewest digits that are read as the same float32. */
function shortest(value: number): string {
  const single = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits)); // of which −0 is 0
    if (Math.fround(short) === single) return written(short || single);
  }
  return written(Number(single.toPrecision(9)));
}
