import { fail } from "../errors.js";
import { type Bytes, expectBytes } from "../io/bytes.js";
import { parseJson } from "../io/strict-json.js";
import type { Sequential } from "../model/sequential.js";
import { checkOptions } from "../options.js";
import { own } from "./config.js";
import { type ForeignOptions, foreignRules } from "./from-tensorflowjs.js";
import { type Hdf5, isHdf5, withHdf5 } from "./hdf5.js";
import { NumberedWeights } from "./keras-weights.js";
import { NamedWeights } from "./legacy-weights.js";
import { dtypeOf, readModel } from "./read-model.js";
import type { WeightFile } from "./reading.js";
import { isZip, unzip } from "./zip.js";

const WHO = "fromKeras";
const FILES = ["config.json", "metadata.json", "model.weights.h5"] as const;

/**
 * A model from the bytes of a file that Keras wrote: `.keras`, or a whole model as `.h5`. A Sequential, or a chain of
 * layers; not compiled. Needs the packages `h5wasm` and, for `.keras`, `fflate`.
 * @throws ChainruleError for a layer or an option that this library has not, a file of weights alone, a damaged file
 */
export async function fromKeras(bytes: Bytes, options: ForeignOptions = {}): Promise<Sequential> {
  checkOptions(WHO, options, foreignRules());
  const file = expectBytes(WHO, "the bytes of a file", bytes);
  if (isHdf5(file)) return withHdf5(WHO, file, (opened) => fromWholeModel(opened, options));
  if (!isZip(file)) return fail(WHO, "a .keras or .h5 file", "bytes that begin otherwise");
  const files = await unzip(WHO, file, FILES);
  const config = jsonOf("config.json", new TextDecoder().decode(files["config.json"]));
  const metadata = jsonOf("metadata.json", new TextDecoder().decode(files["metadata.json"]));
  return withHdf5(WHO, files["model.weights.h5"], (weights) => {
    return made(config, own(metadata, "keras_version"), new NumberedWeights(WHO, weights), options);
  });
}

/** A whole model in HDF5: its config is an attribute, its weights are in a group. */
function fromWholeModel(file: Hdf5, options: ForeignOptions): Sequential {
  const text = file.attribute("", "model_config");
  if (typeof text !== "string") {
    const advice = "Save the whole model: model.save(…), not model.save_weights(…).";
    return fail(WHO, "a whole model", "an HDF5 file without `model_config`", advice);
  }
  const group = file.names("model_weights") === undefined ? "" : "model_weights";
  const version = file.attribute(group, "keras_version") ?? file.attribute("", "keras_version");
  return made(jsonOf("model_config", text), version, new NamedWeights(WHO, file, group), options);
}

function made(
  topology: unknown,
  version: unknown,
  weights: WeightFile,
  { unfreeze = false }: ForeignOptions,
) {
  const keras = typeof version === "string" && /^[12]\./.test(version) ? 2 : 3;
  const how = {
    who: WHO,
    weights,
    dtype: dtypeOf(WHO, topology),
    keras,
    frozenNormsRest: true,
    unfreeze,
  } as const;
  return readModel(how, topology);
}

function jsonOf(what: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    return fail(WHO, `${what} to be JSON`, (error as Error).message);
  }
}
