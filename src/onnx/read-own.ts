import { ChainruleError, fail, size } from "../errors.js";
import { readModel } from "../io/model-json.js";
import { parseJson } from "../io/strict-json.js";
import type { LayerClass } from "../layers/layer.js";
import { Matrix } from "../matrix.js";
import type { Sequential } from "../model/sequential.js";
import type { Messages, ModelProto } from "./messages.js";
import type { OnnxWriter } from "./onnx-graph.js";
import type { Graph } from "./read-graph.js";
import { toOnnx } from "./to-onnx.js";
import { KEYS } from "./write-metadata.js";

export interface OwnOptions {
  readonly seed?: number | undefined;
  readonly layers?: readonly LayerClass[] | undefined;
  readonly writers?: Readonly<Record<string, OnnxWriter>> | undefined;
}

/**
 * The model whose JSON the file carries, with the weights of the file, if `toOnnx` writes the same graph of it to the last
 * bit. Otherwise nothing: the graph is what the file says, whatever stands beside it.
 */
export async function readOwn(
  who: string,
  messages: Messages,
  file: ModelProto,
  graph: Graph,
  options: OwnOptions,
): Promise<Sequential | undefined> {
  const text = file.metadataProps.find(({ key }) => key === KEYS.model)?.value;
  if (text === undefined) return undefined;
  try {
    const model = modelOf(who, text, graph, options);
    for (const preprocessing of model.options.table === undefined ? [false] : [false, true]) {
      const written = await writtenAgain(messages, model, graph, preprocessing, options);
      if (isSame(messages, file, written)) return model;
    }
  } catch (error) {
    if (!(error instanceof ChainruleError || error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

function modelOf(
  who: string,
  text: string,
  { constants }: Graph,
  { layers = [], seed }: OwnOptions,
): Sequential {
  const json = parseJson(text) as { options?: object } | null;
  const seeded = seed === undefined || json === null ? json : { ...json, options: { ...json.options, seed } };
  const model = readModel(who, seeded, { layers }, (name, rows, cols) => {
    const { type, data } = constants.has(name)
      ? constants.get(name)
      : fail(who, JSON.stringify(name), "none");
    if (data.length !== rows * cols || !type.startsWith("float"))
      fail(who, size({ rows, cols }), `${data.length}`);
    return new Matrix(rows, cols, data);
  });
  return model.isBuilt ? model : fail(who, "a model with its `input`", "none");
}

async function writtenAgain(
  messages: Messages,
  model: Sequential,
  graph: Graph,
  preprocessing: boolean,
  { writers = {} }: OwnOptions,
): Promise<ModelProto> {
  const { input, outputName: output } = graph;
  const options = { input: input.name, output, preprocessing, layers: writers, doc: "" };
  return messages.decode(await toOnnx(model, options));
}

/** Whether two files have the same graph, of the same operators. */
function isSame(messages: Messages, a: ModelProto, b: ModelProto): boolean {
  const bytes = ({ graph, opsetImport }: ModelProto) =>
    messages.encode({ opsetImport, ...(graph && { graph }) });
  const [one, other] = [bytes(a), bytes(b)];
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
