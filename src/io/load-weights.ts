import { fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import type { Weights } from "../model/weights.js";
import { flag, optional } from "../options.js";
import type { Bytes } from "./bytes.js";
import { isState } from "./model-file.js";
import { readSafetensors } from "./read-safetensors.js";
import { type Sized, suggestOptions, written } from "./suggest-options.js";
import { matrixOf } from "./tensors.js";
import { counterOf } from "./torch-layout.js";
import { slotsOf, type WeightsOptions } from "./weight-slots.js";

const WHO = "loadWeights";
/** How many tensors an error lists. */
const LISTED = 12;

export interface LoadWeightsOptions extends WeightsOptions {
  /** Whether the file must have a tensor for each parameter, and no other. Default: true. */
  strict?: boolean;
}

/** What became of a file's tensors, by their names there. */
export interface LoadedWeights {
  readonly loaded: readonly string[];
  /** What the model has and the file has not: it stayed as it was. */
  readonly missing: readonly string[];
  /** What the file has and the model has not. */
  readonly unexpected: readonly string[];
}

/**
 * Copies the weights of a safetensors file into a model, all or none, as `setWeights` does: those of a `state_dict` of PyTorch
 * with `layout: "pytorch"`, else those of this library. Floats of any width are converted to the model's.
 * With `strict: false` what both have is loaded, at least one tensor.
 * @throws ChainruleError, before anything is changed, unless names, shapes and types fit; where other `names` would, it
 * says which
 */
export function loadWeights(
  model: Sequential<string>,
  bytes: Bytes,
  options: LoadWeightsOptions = {},
): LoadedWeights {
  const slots = slotsOf(WHO, model, options, { strict: optional(flag) });
  const { tensors } = readSafetensors(bytes);
  const inFile = Object.entries(tensors).map(([name, tensor]) => ({ ...tensor, name }));
  const known = new Set(slots.flatMap(({ name }) => [name, counterOf(name)]));
  const present = slots.filter(({ name }) => name in tensors);
  const missing = slots.filter((slot) => !present.includes(slot));
  const unexpected = inFile.filter(({ name }) => !known.has(name) && !isState(name));
  const misfits = present.filter(({ name, shape }) => `${tensors[name].shape}` !== `${shape}`);
  const got = inFile.filter(({ name }) => misfits.some((slot) => slot.name === name));
  if (options.strict !== false || present.length === 0) {
    misfits.push(...missing);
    got.push(...unexpected);
  }
  if (misfits.length + got.length > 0) {
    const wanted = slots.map(({ plain, shape }) => ({ name: plain, shape }));
    const advice = suggestOptions(wanted, inFile) || (options.layout ? "" : 'layout: "pytorch"');
    fail(WHO, listed(misfits), listed(got), advice && `Try { ${advice} }.`);
  }
  const weights: Weights = model.getWeights();
  for (const { name, shape, isTransposed, parameter } of present) {
    const { rows, cols, dtype } = parameter.value;
    const sides = isTransposed ? shape : [rows, cols];
    const value = matrixOf(WHO, name, { ...tensors[name], shape: sides }).as(dtype);
    weights[parameter.name] = isTransposed ? value.transpose() : value;
  }
  model.setWeights(weights);
  const namesOf = (some: readonly Sized[]) => some.map(({ name }) => name);
  return { loaded: namesOf(present), missing: namesOf(missing), unexpected: namesOf(unexpected) };
}

function listed(tensors: readonly Sized[]): string {
  const more = tensors.length > LISTED ? ", …" : "";
  return tensors.slice(0, LISTED).map(written).join(", ") + more || "no others";
}
