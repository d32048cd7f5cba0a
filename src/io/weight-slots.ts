import { describe, fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { layersIn } from "../model/nesting.js";
import { Sequential } from "../model/sequential.js";
import { checkOptions, oneOf, optional, type Rules, record } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type FileTensor, torchTensor } from "./torch-layout.js";

export interface WeightsOptions {
  /**
   * Whose names and shapes the file has. "pytorch": those of a `state_dict`, such as `0.weight` [units × inputs] and
   * `0.bias` [units] of a `Linear`. Default: "chainrule".
   */
  layout?: "chainrule" | "pytorch";
  /**
   * What the file calls a place in the model, with all that is inside: `{ 0: "fc1", 2: "fc2" }`, `{ 2: "encoder.layers" }`,
   * or, for what stands before every name, `{ "": "module" }`. Default: what the model calls it.
   */
  names?: Readonly<Record<string, string>>;
}

/** A tensor of a file of weights, and the parameter that it belongs to. */
export interface Slot extends FileTensor {
  /** Its name where nothing is said by `names`. */
  readonly plain: string;
  readonly parameter: Parameter;
}

/**
 * The tensors that a file of a model's weights has, in the order of its parameters.
 * @throws ChainruleError for a model that is not built, for wrong options, and for layers that PyTorch has not
 */
export function slotsOf(
  who: string,
  model: Sequential<string>,
  options: WeightsOptions,
  rules?: Rules,
): readonly Slot[] {
  checkOptions(who, options, {
    layout: optional(oneOf("chainrule", "pytorch")),
    names: optional(record("names by place", (name) => typeof name === "string")),
    ...rules,
  });
  if (!(model instanceof Sequential)) fail(who, "a built Sequential", describe(model));
  if (!model.isBuilt)
    fail(who, "a built Sequential", "one without weights", "Give it `input`, or a first batch.");
  const { layout, names = {} } = options;
  const owners = ownersIn(model);
  const left = new Set(Object.keys(names));
  const slots = model.parameters.map((parameter): Slot => {
    const { value } = parameter;
    const tensor =
      layout === "pytorch"
        ? torchTensor(who, owners.get(parameter) as Layer, parameter)
        : { name: parameter.name, shape: [value.rows, value.cols], isTransposed: false };
    const name = renamed(tensor.name, names, left);
    return { ...tensor, name, plain: tensor.name, parameter };
  });
  for (const place of left) fail(who, "`names` of places with weights", JSON.stringify(place));
  return slots;
}

/** The layer of each parameter: the innermost, which knows what it is. */
function ownersIn(layer: Layer, owners: Map<Parameter, Layer> = new Map()): Map<Parameter, Layer> {
  for (const parameter of layer.parameters) owners.set(parameter, layer);
  for (const inside of layersIn(layer)) ownersIn(inside, owners);
  return owners;
}

/** The name with its beginning, the longest that has another name in the file, exchanged. */
function renamed(name: string, names: Readonly<Record<string, string>>, left: Set<string>): string {
  const parts = name.split(".");
  for (let n = parts.length; n >= 0; n--) {
    const place = parts.slice(0, n).join(".");
    if (!Object.hasOwn(names, place)) continue;
    left.delete(place);
    return [names[place], ...parts.slice(n)].filter(Boolean).join(".");
  }
  return name;
}
