import { describe, fail } from "../errors.js";
import type { GivenValues } from "../layers/context.js";
import type { Matrix } from "../matrix.js";
import { Sequential } from "../model/sequential.js";
import type { Bytes } from "./bytes.js";
import { type ReadOptions, readModel } from "./model-json.js";
import { readSafetensors, type Safetensors } from "./read-safetensors.js";
import { readTable } from "./read-table.js";
import { parseJson } from "./strict-json.js";
import { matrixOf, type TensorLike } from "./tensors.js";
import { writableJson } from "./writable.js";
import { writeSafetensors } from "./write-safetensors.js";

/** Grows when an older reader could not read what is written. */
const VERSION = 1;

/** What a file's `__metadata__.chainrule` says, as JSON. */
interface About {
  readonly version: number;
  readonly model: unknown;
  /** The names of the parameters that are not trained. */
  readonly frozen?: readonly string[];
  /** Beside a checkpoint's tensors: the rest of the training's state. */
  readonly training?: unknown;
}

/** Where the tensors of a checkpoint stand that are no weights. */
export const isState = (name: string): boolean => name.startsWith("training/");

/**
 * The model as one safetensors file: its weights by name, and in the metadata what `toJSON` says. PyTorch and others
 * read the weights; those of `Dense` are [inputs × units], the transpose of PyTorch's `Linear`.
 * @throws ChainruleError for a model that is not built, or has an option that JSON cannot hold, such as a bare function
 */
export function modelToBytes(model: Sequential<string>): Uint8Array {
  if (!(model instanceof Sequential)) fail("modelToBytes", "a Sequential", describe(model));
  const json = writableJson("modelToBytes", model);
  const { table } = json.options as { table?: unknown };
  if (table !== undefined) readTable("modelToBytes", table); // whose coders may be unknown
  return writeModel(model, json, model.getWeights());
}

/** The same with these tensors, its weights and more beside them: the state of a training. */
export function writeModel(
  model: Sequential<string>,
  json: unknown,
  tensors: Readonly<Record<string, TensorLike>>,
  training?: unknown,
): Uint8Array {
  const frozen = model.parameters.filter(({ trainable }) => !trainable).map(({ name }) => name);
  const about: About = { version: VERSION, model: json, frozen, training };
  const metadata = { format: "pt", chainrule: JSON.stringify(about) };
  return writeSafetensors(tensors, metadata);
}

/**
 * The model that `modelToBytes` wrote, or that a checkpoint holds: the same layers and weights, not compiled.
 * @throws ChainruleError for bytes that are no such file, written by a newer version, with layers that are not known, or
 * with weights that do not fit them
 */
export function modelFromBytes(bytes: Bytes, options: ReadOptions = {}): Sequential {
  const who = "modelFromBytes";
  const file = readSafetensors(bytes);
  const { model: json, frozen = [] } = readAbout(who, file);
  const unused = new Set(Object.keys(file.tensors).filter((name) => !isState(name)));
  const given: GivenValues = (name, rows, cols) => {
    unused.delete(name);
    return valueFrom(who, file, name, rows, cols);
  };
  const model = readModel(who, json, options, given);
  if (!model.isBuilt) fail(who, "a model with its `input`", "none");
  for (const { name, value } of model.parameters) {
    const { dtype } = file.tensors[name];
    const wanted = value.dtype === "float32" ? "F32" : "F64";
    if (dtype !== wanted) fail(who, `${JSON.stringify(name)} of ${wanted}`, dtype);
  }
  for (const name of unused) fail(who, "weights that the model has", JSON.stringify(name));
  for (const name of frozen) {
    const parameter = model.parameters.find((one) => one.name === name);
    if (parameter === undefined) return fail(who, "`frozen` to be names of weights", describe(name));
    parameter.trainable = false;
  }
  return model;
}

/** @throws ChainruleError unless the file was written by this library, in a version that is known */
export function readAbout(who: string, { metadata }: Safetensors): About {
  const text = metadata.chainrule;
  if (text === undefined) {
    const advice = "Read the tensors of other files with readSafetensors, and give them to setWeights.";
    fail(who, "a file that chainrule wrote", "one without its metadata", advice);
  }
  let about: Partial<About> | null;
  try {
    about = parseJson(text) as Partial<About> | null;
  } catch (error) {
    return fail(who, "metadata of JSON", (error as Error).message);
  }
  const { version, model, frozen = [], training } = about ?? {};
  if (version !== VERSION) {
    fail(who, `a file of version ${VERSION}`, describe(version), "Is there a newer chainrule?");
  }
  if (!Array.isArray(frozen)) fail(who, "`frozen` to be a list", describe(frozen));
  return { version: VERSION, model, frozen, training };
}

function valueFrom(who: string, { tensors }: Safetensors, name: string, rows: number, cols: number): Matrix {
  const tensor = tensors[name];
  if (tensor === undefined) fail(who, `a tensor ${JSON.stringify(name)}`, "none");
  const { shape } = tensor;
  if (shape.length !== 2 || shape[0] !== rows || shape[1] !== cols) {
    fail(who, `${JSON.stringify(name)} of [${rows} × ${cols}]`, `[${shape.join(" × ")}]`);
  }
  return matrixOf(who, name, tensor);
}
