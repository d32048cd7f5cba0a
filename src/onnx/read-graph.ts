import { describe, fail } from "../errors.js";
import { Constants } from "./constants.js";
import type { GraphProto, ModelProto, ValueInfoProto, WholeModel } from "./messages.js";
import { type ElementType, elementType } from "./read-constant.js";
import { Node } from "./read-node.js";

const WHO = "fromOnnx";
/** Versions of ONNX's operators whose meaning is known. Before 7 it was another for sums of unequal sizes. */
const [OLDEST, NEWEST] = [7, 25];

/** The part of a graph that makes its output of its input. */
export interface Graph {
  readonly opset: number;
  readonly input: Input;
  readonly output: string;
  /** What the file calls the output: where it is an `Identity`'s, another name than that of the value. */
  readonly outputName: string;
  /** In an order in which each stands behind those whose outputs it takes. */
  readonly nodes: readonly Node[];
  readonly constants: Constants;
  /** The node behind each value that depends on the input. */
  readonly makers: ReadonlyMap<string, Node>;
}

/** The most nodes, and the most initializers: a model of one path with more is an attack or a mistake. */
const MOST = 20_000;

/** A value of a graph: its rows are read as `row`. */
export interface Input {
  readonly name: string;
  readonly type: ElementType;
  /** How many rows there are, where the file says so. */
  readonly batch: number | undefined;
  readonly row: readonly number[];
}

/** @throws ChainruleError for graphs that are none, and for those of several inputs or outputs */
export function readGraph(model: WholeModel): Graph {
  const { graph } = model;
  const opset = readOpset(model);
  const most = Math.max(graph.node.length, graph.initializer.length, graph.input.length, graph.output.length);
  if (most > MOST) fail(WHO, `at most ${MOST} nodes`, String(most));
  if (graph.sparseInitializer.length > 0) fail(WHO, "dense initializers", "sparse ones");
  const constants = new Constants(graph.initializer, opset);
  const input = readInput(graph, constants);
  if (graph.output.length !== 1) {
    const names = graph.output.map(({ name }) => describe(name)).join(", ");
    fail(WHO, "a graph with one output", names || "none", "Export a model that returns one tensor.");
  }
  const { makers, aliases, order } = readNodes(graph, input, constants);
  const [{ name }] = graph.output;
  const output = aliases.get(name) ?? name;
  if (output !== input.name && !makers.has(output)) {
    fail(WHO, "an output that is made of the input", describe(name));
  }
  return { opset, input, output, outputName: name, nodes: needed(order, output), constants, makers };
}

function readOpset({ opsetImport }: ModelProto): number {
  const versions = opsetImport.filter(({ domain }) => domain === "" || domain === "ai.onnx");
  if (versions.length !== 1) fail(WHO, "one opset of ONNX's own operators", String(versions.length));
  const opset = Number(versions[0].version);
  if (!(opset >= OLDEST && opset <= NEWEST)) {
    const advice = "Export it with opset_version=17, or convert it: onnx.version_converter in Python.";
    fail(WHO, `an opset from ${OLDEST} to ${NEWEST}`, String(opset), advice);
  }
  return opset;
}

/** The one input that is not the default of an initializer, as files before IR version 4 list all of them. */
function readInput(graph: GraphProto, constants: Constants): Input {
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  if (inputs.length !== 1) {
    const names = inputs.map(({ name }) => describe(name)).join(", ");
    fail(WHO, "a graph with one input", names || "none", "Export a model that takes one tensor.");
  }
  return shapeOf(inputs[0]);
}

function shapeOf({ name, type }: ValueInfoProto): Input {
  const who = `${WHO}, input ${describe(name)},`;
  if (type?.value.case !== "tensorType") return fail(who, "a tensor", type?.value.case ?? "no type");
  const { elemType, shape } = type.value.value;
  const kind = elementType(elemType);
  if (kind === undefined || kind === "bool") {
    return fail(who, "floats or whole numbers", `type ${elemType}`, "Export the model in float32.");
  }
  const advice = "Export it with dynamic_axes for the first axis alone, the batch.";
  if (shape === undefined || shape.dim.length === 0)
    return fail(who, "a first axis, the batch", "none", advice);
  const [batch, ...row] = shape.dim.map(({ value }) =>
    value.case === "dimValue" && value.value > 0n ? Number(value.value) : undefined,
  );
  const known = row.filter((side) => side !== undefined);
  const size = known.reduce((product, side) => product * side, 1);
  if (known.length < row.length) fail(who, "rows of a fixed shape", "an axis of any length", advice);
  if (!Number.isSafeInteger(size)) fail(who, "rows of a size that fits into memory", String(size));
  return { name, type: kind, batch, row: known };
}

/** Sorts out what depends on the input; what does not goes to the constants. `Identity` gives a value a second name. */
function readNodes({ node: nodes }: GraphProto, input: Input, constants: Constants) {
  const makers = new Map<string, Node>();
  const aliases = new Map([[input.name, input.name]]);
  const order: Node[] = [];
  const expectNew = (name: string) => {
    const isKnown = makers.has(name) || aliases.has(name) || constants.has(name);
    if (isKnown) fail(WHO, "each value to be made once", `${describe(name)} twice`);
  };
  for (const proto of nodes) {
    const inputs = proto.input.map((name) => aliases.get(name) ?? name);
    const node = new Node(inputs, proto);
    const unknown = inputs.find((name) => name !== "" && !isMade(name, makers, aliases, constants));
    if (unknown !== undefined) {
      node.fail("values that nodes before it made", describe(unknown), "Is the graph sorted, and whole?");
    }
    const outputs = proto.output.filter((name) => name !== "");
    for (const name of outputs) expectNew(name);
    if (!inputs.some((name) => makers.has(name) || aliases.has(name))) constants.take(node);
    else if (isIdentity(node)) aliases.set(outputs[0], inputs[0]);
    else {
      for (const name of outputs) makers.set(name, node);
      if (new Set(outputs).size < outputs.length) node.fail("outputs of different names", "one twice");
      order.push(node);
    }
  }
  return { makers, aliases, order };
}

const isMade = (
  name: string,
  makers: ReadonlyMap<string, Node>,
  aliases: ReadonlyMap<string, string>,
  constants: Constants,
) => makers.has(name) || aliases.has(name) || constants.has(name);

const isIdentity = ({ op, inputs, outputs }: Node) =>
  op === "Identity" && inputs.length === 1 && outputs.length === 1 && outputs[0] !== "";

/** Those that the output depends on: the others can be left out. */
function needed(order: readonly Node[], output: string): readonly Node[] {
  const wanted = new Set([output]);
  const kept: Node[] = [];
  for (const node of [...order].reverse()) {
    if (!node.outputs.some((name) => wanted.has(name))) continue;
    for (const name of node.inputs) wanted.add(name);
    kept.push(node);
  }
  return kept.reverse();
}
