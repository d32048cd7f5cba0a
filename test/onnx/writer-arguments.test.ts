import { Lambda, type Layer, ReLU, Sequential } from "chainrule";
import { type OnnxGraph, type OnnxValue, toOnnx } from "chainrule/onnx";
import { expect, it } from "vitest";

// Writers of one's own are often plain JavaScript: what they give is anything.
type Anything = { [name in keyof OnnxGraph]: (...values: unknown[]) => OnnxValue };
type Write = (graph: Anything, x: OnnxValue, layer: Layer) => OnnxValue;

function write(writer: Write): Promise<Uint8Array> {
  const model = new Sequential([new Lambda({ forward: (x) => x })], { input: [2] });
  const Lambda_ = (layer: Layer, graph: OnnxGraph, x: OnnxValue) =>
    writer(graph as unknown as Anything, x, layer);
  return toOnnx(model, { layers: { Lambda: Lambda_ } });
}

it.each<[what: string, writer: Write, message: string]>([
  [
    "an operator",
    (g, x) => g.node(x, [x]),
    "expects the name of an operator, but got an object {name, shape}",
  ],
  [
    "no operator",
    (g, x) => g.node("", [x]),
    'the name of an operator, but got "". Write graph.node("Relu", [x]).',
  ],
  [
    "one input",
    (g, x) => g.node("Abs", x),
    'inputs of a node as a list, but got an object {name, shape}. Write graph.node("Abs", [x]).',
  ],
  ["no inputs", (g) => g.node("Abs"), "inputs of a node as a list, but got undefined"],
  [
    "an input",
    (g) => g.node("Abs", [undefined]),
    "inputs of a node that are values of the graph, but got undefined",
  ],
  ["options", (g, x) => g.node("Abs", [x], null), "graph.node expects an options object, but got null"],
  [
    "an option",
    (g, x) => g.node("Abs", [x], { axis: 1n }),
    'graph.node expects only the options attributes, shape, but got "axis"',
  ],
  [
    "attributes",
    (g, x) => g.node("Abs", [x], { attributes: 3 }),
    "`attributes` to be values by name, but got 3",
  ],
  ["a shape", (g, x) => g.node("Abs", [x], { shape: 2 }), "`shape` to be a list of whole numbers, but got 2"],
  [
    "a shape of holes",
    (g, x) => g.node("Abs", [x], { shape: new Array(1) }),
    "`shape` to be a list of whole numbers",
  ],
  ["a count", (g, x) => g.nodes("Split", [x], "2"), 'a count of at least 1, but got "2"'],
  ["a constant", (g, x) => g.node("Add", [x, g.constant("2")]), 'a number or a list of them, but got "2"'],
  ["no constant", (g, x) => g.node("Add", [x, g.constant(null)]), "a number or a list of them, but got null"],
  ["constants", (g, x) => g.node("Add", [x, g.constant([1, "2"])]), 'expects numbers, but got "2"'],
  [
    "constants of 64 bits",
    (g, x) => g.node("Add", [x, g.constant(BigInt64Array.of(1n))]),
    "expects numbers, but got 1n",
  ],
  [
    "the shape of a constant",
    (g, x) => g.node("Add", [x, g.constant(1, 1)]),
    "a shape such as [4], but got 1",
  ],
  [
    "indices",
    (g, x) => g.node("Reshape", [x, g.indices([0, 0.5])]),
    "a list of whole numbers, but got an array of 2",
  ],
  ["one index", (g, x) => g.node("Reshape", [x, g.indices(3)]), "a list of whole numbers, but got 3"],
  [
    "the layer of a parameter",
    (g, x) => g.node("Mul", [x, g.parameter("weight")]),
    'a layer, but got "weight". Write graph.parameter(layer, "weight").',
  ],
  ["what has another shape", (g) => g.shaped(3, [2]), "values of the graph, but got 3"],
  ["another shape", (g, x) => g.shaped(x, 2), "a shape such as [4], but got 2"],
  ["layers", (g, x) => g.path(new ReLU(), x), "a list of layers, but got a ReLU"],
  ["layers that are none", (g, x) => g.path([() => x], x), "a list of layers, but got an array of 1"],
  ["what goes through layers", (g) => g.path([], 3), "values of the graph, but got 3"],
])("refuses what the graph does not take: %s", async (_, writer, message) => {
  await expect(write(writer)).rejects.toThrow(message);
  await expect(write(writer)).rejects.toMatchObject({ name: "ChainruleError" });
});

it("says where rows of another size are wanted, at the end too", async () => {
  const wide: Write = (graph, x) => graph.node("Abs", [x], { shape: [3] });
  await expect(write(wide)).rejects.toThrow("toOnnx, at the end, expects rows of [2], but got [3].");
});

it("takes typed arrays, and lists of what has a length", async () => {
  for (const numbers of [Float64Array.of(1, 2), Int8Array.of(1, 2), { length: 2, 0: 1, 1: 2 }]) {
    expect(await write((graph, x) => graph.node("Add", [x, graph.constant(numbers)]))).toBeInstanceOf(
      Uint8Array,
    );
  }
});
