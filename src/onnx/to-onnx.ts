import { fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import { callable, checkOptions, flag, optional, type Rule, record, text } from "../options.js";
import { expectModel } from "../tools/expect-model.js";
import { loadMessages, MOST_BYTES } from "./messages.js";
import type { OnnxWriter } from "./onnx-graph.js";
import { GraphWriter } from "./write-graph.js";
import { writePath, writers } from "./write-layers.js";
import { labelsOf, metadataOf } from "./write-metadata.js";
import { modelOf } from "./write-model.js";
import { linesOf, writeLines } from "./write-table.js";

export interface ToOnnxOptions {
  /** Writers of your own layers, by their `type`. */
  layers?: Readonly<Record<string, OnnxWriter>>;
  /** The name of the input. Default: "input". */
  input?: string;
  /** The name of the output. Default: "output". */
  output?: string;
  /** The names of the classes. Default: those of the model's table, if it has some. */
  labels?: readonly string[];
  /** More texts by name, for whoever reads the file. Default: none. */
  metadata?: Readonly<Record<string, string>>;
  /** What the file says that it is. Default: the model's `summary()`. */
  doc?: string;
  /**
   * Whether the graph takes the columns of the model's table, float64 [batch × columns] with NaN for nothing, and makes the
   * inputs of them itself; all have to be columns of numbers. Default: false, it takes what `table.matrix` makes.
   */
  preprocessing?: boolean;
}

const WHO = "toOnnx";

const name: Rule = {
  expected: "a name of whole characters",
  // Other libraries end a text at U+0000, and half a character is written as another one.
  accepts: (v) => typeof v === "string" && /^[^\0\p{Cs}]+$/u.test(v),
};
const labelRule: Rule = {
  expected: "a list of texts",
  accepts: (v) => Array.isArray(v) && [...v].every((one) => typeof one === "string"),
};
const rules = () => ({
  layers: optional(
    record("functions by the type of their layer", callable("a function that writes nodes").accepts),
  ),
  input: optional(name),
  output: optional(name),
  labels: optional(labelRule),
  metadata: optional(record("texts by name", text.accepts)),
  doc: optional(text),
  preprocessing: optional(flag),
});

/**
 * The model as the bytes of an ONNX file, opset 17 and IR version 8, which gives what `predict` gives up to rounding
 * (10⁻⁵) for any number of rows: "input" [batch × shape] to "output". By the package `onnx-buf`. Parameters keep their
 * names, `0.weight`, and the model's JSON, its table and the names of its classes go along as metadata.
 * @throws ChainruleError without the package, for a model that is not built, for a layer that it has no writer for, and for
 * more than 2 GB
 */
export async function toOnnx(model: Sequential<string>, options: ToOnnxOptions = {}): Promise<Uint8Array> {
  expectModel(WHO, model);
  checkOptions(WHO, options, rules());
  if (!model.isBuilt) fail(WHO, "a built model", "one without weights", "Give it `input`.");
  const { labels = labelsOf(model.options.table), doc = model.summary() } = options;
  if (options.labels !== undefined) expectLabels(options.labels, model.outputSize);
  const messages = await loadMessages(WHO);
  // From here on nothing waits, so that no training changes the weights meanwhile.
  const known = new Map(Object.entries({ ...writers(), ...options.layers }));
  const graph = new GraphWriter(WHO, messages, model.context.dtype, (layers, inside, x) =>
    writePath(WHO, layers, inside, x, known),
  );
  const ports = writeGraph(model, graph, options);
  const { nodesWritten: nodes, tensors } = graph;
  const parts = { nodes, tensors, ...ports, metadata: metadataOf(WHO, model, labels, options), doc };
  const bytes = messages.encode(modelOf(messages, parts));
  if (bytes.length > MOST_BYTES) fail(WHO, "a model of less than 2 GB", "a larger one");
  return bytes;
}

/** Writes all nodes between the input and the output, and returns these two. */
function writeGraph(
  model: Sequential<string>,
  graph: GraphWriter,
  { input = "input", output = "output", preprocessing = false }: ToOnnxOptions,
) {
  const { dtype } = graph;
  const lines = preprocessing ? linesOf(WHO, model.options.table) : undefined;
  const port = lines
    ? ({ name: input, shape: [lines.length], dtype: "float64" } as const)
    : { name: input, shape: model.inputShape, dtype };
  const x = graph.input(input, port.shape);
  const start = lines ? graph.within("table", () => writeLines(lines, graph, x, dtype), "float64") : x;
  const y = graph.shaped(graph.path(model.layers, start), model.outputShape);
  const last = y.name === input ? graph.node("Identity", [y]) : y;
  graph.expectFree("input", input);
  graph.expectFree("output", output);
  if (input === output) fail(WHO, "`input` and `output` to have different names", JSON.stringify(input));
  graph.rename(last.name, output);
  return { inputs: [port], outputs: [{ name: output, shape: model.outputShape, dtype }] };
}

function expectLabels(labels: readonly string[], outputs: number): void {
  if (outputs === 1 || labels.length === outputs) return;
  fail(WHO, `${outputs} \`labels\`, one for each output`, String(labels.length));
}
