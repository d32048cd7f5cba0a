import { describe, fail } from "../errors.js";
import { asBytes, bytesAdvice } from "../io/bytes.js";
import { readTable } from "../io/read-table.js";
import { parseJson } from "../io/strict-json.js";
import type { Sequential } from "../model/sequential.js";
import type { SequentialOptions } from "../model/sequential-options.js";
import { checkOptions, flag, optional } from "../options.js";
import { bytesOf, type WeightBytes } from "./bytes.js";
import { classOf, isObject, own } from "./config.js";
import { dtypeOf, readModel } from "./read-model.js";
import { TensorFlowJsWeights } from "./tfjs-weights.js";

const WHO = "fromTensorFlowJs";

/** What is to be done about a file's frozen layers. */
export interface ForeignOptions {
  /** Reads layers that are not trainable as if they were. Default: false, they stay frozen. */
  readonly unfreeze?: boolean;
}

export const foreignRules = () => ({ unfreeze: optional(flag) });

/**
 * A TensorFlow.js layers model, from its `model.json` (the text, its bytes, or the object) and the bytes of its weights: one
 * array of all files one behind the other, a list of them in the order of the manifest, or files by the manifest's `paths`.
 * What a handler of `model.save` gets, `{ modelTopology, weightSpecs, weightData }`, is a model too, without a second argument.
 * A Sequential, or a chain of layers; not compiled. Quantized weights are read as the float32 numbers that they stand for.
 * @throws ChainruleError for a graph model, a layer or an option that this library has not, and weights that do not fit
 */
export function fromTensorFlowJs(
  modelJson: unknown,
  weights?: WeightBytes,
  options: ForeignOptions = {},
): Sequential {
  checkOptions(WHO, options, foreignRules());
  const json = jsonOf(modelJson);
  if (own(json, "format") === "graph-model") {
    fail(WHO, "a layers model", "a graph model", "Convert the Keras model to the format tfjs_layers_model.");
  }
  const said = own(json, "modelTopology");
  const topology = own(said, "model_config") ?? said; // the converter from Python puts it one level deeper
  if (classOf(topology) === undefined) fail(WHO, "a `modelTopology`", describe(topology));
  const { specs, paths } = manifestOf(json);
  const given = weights ?? (own(json, "weightData") as WeightBytes | undefined);
  const bytes = bytesOf(WHO, given, paths);
  const version = own(said, "keras_version");
  const reading = {
    who: WHO,
    weights: new TensorFlowJsWeights(WHO, specs, bytes),
    dtype: dtypeOf(WHO, topology),
    keras: typeof version === "string" && version.startsWith("3.") ? 3 : 2,
    frozenNormsRest: false,
    unfreeze: options.unfreeze === true,
  } as const;
  return readModel(reading, topology, oursIn(own(json, "userDefinedMetadata")));
}

function jsonOf(given: unknown): unknown {
  const bytes = asBytes(given);
  const text = bytes === undefined ? given : new TextDecoder().decode(bytes);
  if (typeof text !== "string") {
    const advice = bytesAdvice(text);
    if (isObject(text) && advice === "") return text;
    return fail(WHO, "model.json as a text or an object", describe(text), advice);
  }
  try {
    return parseJson(text);
  } catch (error) {
    return fail(WHO, "model.json", (error as Error).message);
  }
}

/** The weights in order, and the files that hold them: of a manifest, or of what is in memory. */
function manifestOf(json: unknown): { specs: readonly unknown[]; paths?: readonly string[] } {
  const inMemory = own(json, "weightSpecs");
  if (Array.isArray(inMemory)) return { specs: inMemory };
  const manifest = own(json, "weightsManifest");
  if (!Array.isArray(manifest)) return fail(WHO, "a `weightsManifest`", describe(manifest));
  const specs: unknown[] = [];
  const paths: string[] = [];
  for (const group of manifest) {
    const [files, inside] = [own(group, "paths"), own(group, "weights")];
    if (!Array.isArray(files) || !files.every((path) => typeof path === "string")) {
      return fail(WHO, "`paths` of each group of weights", describe(files));
    }
    if (!Array.isArray(inside)) return fail(WHO, "`weights` of each group", describe(inside));
    for (const spec of inside) specs.push(spec);
    for (const path of files) paths.push(path);
  }
  return { specs, paths };
}

/** What this library wrote beside a model. */
function oursIn(metadata: unknown): SequentialOptions {
  const ours = own(metadata, "chainrule");
  const [table, seed] = [own(ours, "table"), own(ours, "seed")];
  return {
    ...(table !== undefined && { table: readTable(WHO, table) }),
    ...(typeof seed === "number" && { seed }),
  };
}
