import * as constraints from "../constraints.js";
import { describe, didYouMean, fail } from "../errors.js";
import * as initializers from "../initializers.js";
import type { GivenValues } from "../layers/context.js";
import * as builtIn from "../layers/index.js";
import type { Layer, LayerClass, LayerJSON } from "../layers/layer.js";
import { Sequential } from "../model/sequential.js";
import type { Named } from "../named.js";
import { checkOptions, optional, type Rule } from "../options.js";
import * as regularizers from "../regularizers.js";
import { readTable } from "./read-table.js";
import { expectTyped, isTyped } from "./typed.js";

/** How deep models may nest in a file: more is an attack or a mistake. */
const DEEPEST = 64;

/** Your own layers' classes, to be found by their `type`. */
export interface ReadOptions {
  /** Classes of your own layers that the model has. Default: none. */
  readonly layers?: readonly LayerClass[];
}

const layerClasses: Rule = {
  expected: "a list of layers' classes",
  accepts: (v) =>
    Array.isArray(v) && v.every((one) => typeof one === "function" && typeof one.type === "string"),
};

/**
 * A new model from what `toJSON` wrote, with new weights.
 * @throws ChainruleError for unknown layers, unknown options, and anything that is no model
 */
export function modelFromJSON(json: unknown, options: ReadOptions = {}): Sequential {
  return readModel("modelFromJSON", json, options);
}

/** The same; a model that says its `input` gets the `given` values, where there are any, when it is built. */
export function readModel(who: string, json: unknown, options: ReadOptions, given?: GivenValues): Sequential {
  checkOptions(who, options, { layers: optional(layerClasses) });
  const { layers = [] } = options;
  const classes = new Map<string, LayerClass>();
  for (const one of [...Object.values(builtIn), ...layers]) classes.set(one.type, one as LayerClass);
  const model = read(json, classes, 0, given);
  return model instanceof Sequential
    ? model
    : fail(who, 'a model, { "type": "Sequential", … }', `a ${model.type}`);
}

function read(
  json: unknown,
  classes: ReadonlyMap<string, LayerClass>,
  depth: number,
  given?: GivenValues,
): Layer {
  const { type, options } = expectTyped("modelFromJSON", json);
  if (depth > DEEPEST) fail("modelFromJSON", `models nested at most ${DEEPEST} deep`, "more");
  if (type === "Sequential") {
    const { layers, table, ...rest } = options;
    if (!Array.isArray(layers))
      fail("modelFromJSON", "`layers` of a Sequential to be an array", describe(layers));
    const inside = layers.map((layer) => read(layer, classes, depth + 1));
    if (depth === 0) {
      const whole = table === undefined ? rest : { ...rest, table: readTable("modelFromJSON", table) };
      return new Sequential(inside, whole, given);
    }
    if (table !== undefined) fail("A nested model", "no `table`", "one");
    const { input: _, ...nested } = rest; // which the outer one says
    return new Sequential(inside, nested);
  }
  const found = classes.get(type);
  if (found === undefined) {
    const advice = didYouMean(type, classes.keys()) || "Give your own layers as `layers: [MyLayer]`.";
    fail("modelFromJSON", "known layers", describe(type), advice);
  }
  const readOption = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => readOption(name, one));
    if (!isTyped(value)) return value;
    const isInside = value.type === "Sequential" || classes.has(value.type);
    return isInside ? read(value, classes, depth + 1) : make(name, value);
  };
  const entries = Object.entries(options).map(([name, value]) => [name, readOption(name, value)]);
  return new found(Object.fromEntries(entries) as never);
}

/** The factories of an option's functions, by the end of its name; of all kinds where it does not say. */
function factoriesOf(option: string): Readonly<Record<string, unknown>> {
  if (/initializer$/i.test(option)) return initializers;
  if (/constraint$/i.test(option)) return constraints;
  return /regularizer$/i.test(option) ? regularizers : { ...initializers, ...regularizers, ...constraints };
}

/** Calls the named factory that made a function. */
function make(option: string, json: LayerJSON): unknown {
  const { type, options } = expectTyped("modelFromJSON", json);
  const factories = factoriesOf(option);
  const factory = Object.hasOwn(factories, type) ? factories[type] : undefined;
  if (typeof factory !== "function") {
    const advice = didYouMean(type, Object.keys(factories));
    fail("modelFromJSON", "known initializers, regularizers and constraints", describe(type), advice);
  }
  const made = factory(options) as Named<() => unknown>;
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(made.options, name));
  if (unknown !== undefined) fail(type, "no options", JSON.stringify(unknown));
  return made;
}
