import { describe, fail } from "../errors.js";
import { modelOfParts } from "../io/parts.js";
import type { DType } from "../kernels/kernels.js";
import type { Matrix } from "../matrix.js";
import { Sequential } from "../model/sequential.js";
import type { SequentialOptions } from "../model/sequential-options.js";
import { shape as shapeRule } from "../options.js";
import { formatShape, type Shape } from "../shape.js";
import { classOf, isObject, own } from "./config.js";
import { inOrder } from "./order.js";
import { dtypeName, labelOf, readLayer } from "./read-layer.js";
import type { FrozenPart, Place, Reading, Step } from "./reading.js";
import { snakeCase } from "./snake-case.js";

/** How deep models may nest in a file: more is an attack or a mistake. */
const DEEPEST = 32;
const models = ["Sequential", "Functional", "Model"];

interface Chain {
  readonly input: Shape;
  readonly parts: readonly FrozenPart[];
  readonly shape: Shape;
}

/** The width of a model's numbers: what its first layer says, but for that of the input, which may hold indices. */
export function dtypeOf(who: string, topology: unknown): DType {
  const found = layersOf(who, topology)
    .filter((layer) => classOf(layer)?.name !== "InputLayer")
    .map((layer) => dtypeName(own(own(layer, "config"), "dtype")))
    .find((name) => name !== undefined);
  return found === "float64" ? "float64" : "float32";
}

/** The model that a topology describes, with the weights beside it. @throws ChainruleError for what is none */
export function readModel(reading: Reading, topology: unknown, options: SequentialOptions = {}): Sequential {
  const { who, dtype, weights } = reading;
  const { parts, input } = readChain(reading, topology, undefined, { names: [], folders: [] }, 0);
  weights.expectAllUsed();
  const wide = dtype === "float64" ? { dtype } : {};
  const model = modelOfParts(who, parts, { ...options, input, ...wide });
  const frozen = new Set(parts.flatMap((part, i) => part.frozen?.map((name) => `${i}.${name}`) ?? []));
  for (const parameter of model.parameters) if (frozen.has(parameter.name)) parameter.trainable = false;
  return model;
}

function readChain(
  reading: Reading,
  topology: unknown,
  outer: Shape | undefined,
  place: Place,
  depth: number,
): Chain {
  const { who } = reading;
  if (depth > DEEPEST) fail(who, `models nested at most ${DEEPEST} deep`, "more");
  const layers = layersOf(who, topology);
  const input = inputOf(who, layers, own(topology, "config")) ?? outer;
  if (input === undefined)
    return fail(who, "the shape of its input", "none", "Build the model before it is saved.");
  if (outer !== undefined && formatShape(outer) !== formatShape(input)) {
    fail(who, `a nested model for rows ${formatShape(outer)}`, formatShape(input));
  }
  const folders = new Folders();
  const parts: FrozenPart[] = [];
  let shape = input;
  for (const layer of layers) {
    const { name: type = "" } = classOf(layer) ?? {};
    const inside = within(place, own(own(layer, "config"), "name"), folders.next(type));
    if (type === "InputLayer") continue;
    const isModel = models.includes(type);
    const step: Step = isModel
      ? readNested(reading, layer, shape, inside, depth)
      : readLayer(reading, layer, shape, inside);
    parts.push(...step.parts);
    shape = step.shape;
  }
  return { input, parts, shape };
}

/** A model in a model is one layer, whose values have the names of its layers in front. */
function readNested(reading: Reading, json: unknown, input: Shape, place: Place, depth: number): Step {
  const isFrozen = own(own(json, "config"), "trainable") === false && !reading.unfreeze;
  const { parts, shape } = readChain(reading, json, input, place, depth + 1);
  const values: Record<string, Matrix> = {};
  const frozen: string[] = [];
  for (const [i, part] of parts.entries()) {
    for (const [name, value] of Object.entries(part.values ?? {})) values[`${i}.${name}`] = value;
    const names = isFrozen ? Object.keys(part.values ?? {}) : (part.frozen ?? []);
    frozen.push(...names.map((name) => `${i}.${name}`));
  }
  const layer = new Sequential(parts.map((part) => part.layer));
  return { parts: [{ layer, values, frozen }], shape };
}

/** The layers of a model, in the order of a chain. */
function layersOf(who: string, topology: unknown): readonly unknown[] {
  const { name: type } = classOf(topology) ?? {};
  if (type === undefined || !models.includes(type)) {
    const got = type === undefined ? describe(topology) : `a ${type}`;
    return fail(who, "a Sequential or a Functional model", got);
  }
  const config = own(topology, "config");
  const layers = Array.isArray(config) ? config : own(config, "layers"); // a list alone, before Keras 2.2
  if (!Array.isArray(layers) || layers.length === 0)
    return fail(who, "`layers` of a model", describe(layers));
  for (const layer of layers) if (!isObject(layer)) fail(who, "layers that are objects", describe(layer));
  return type === "Sequential" ? layers : inOrder(labelOf(who, type, own(config, "name")), layers, config);
}

/** What the first layer or the model says of the input, without the batch. */
function inputOf(who: string, [first]: readonly unknown[], config: unknown): Shape | undefined {
  const inner = own(first, "config");
  const said =
    own(inner, "batch_shape") ??
    own(inner, "batch_input_shape") ??
    own(config, "build_input_shape") ??
    own(own(first, "build_config"), "input_shape");
  if (said === undefined) return undefined;
  const shape: unknown = Array.isArray(said) ? said.slice(1) : said;
  if (shapeRule.accepts(shape)) return shape as Shape;
  const got = Array.isArray(said) ? `[${said.map(String).join(", ")}]` : describe(said);
  return fail(who, "an input of known sides, such as [null, 784]", got, "Give `Input(shape=…)` all of them.");
}

const within = ({ names, folders }: Place, name: unknown, folder: string): Place => ({
  names: [...names, typeof name === "string" ? name : ""],
  folders: [...folders, "layers", folder],
});

/** The folders that Keras 3 gives the layers of a model: `dense`, `dense_1` … by their classes. */
class Folders {
  private readonly counts = new Map<string, number>();

  next(type: string): string {
    const name = snakeCase(type);
    const count = this.counts.get(name) ?? 0;
    this.counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}
