import type { Layer } from "../../layers/layer.js";
import { isChain } from "../../model/nesting.js";
import type { Sequential } from "../../model/sequential.js";
import type { Shape } from "../../shape.js";
import type { Field } from "./message.js";

/** Rows of any number. */
const ANY = -1;

/** The layers of a built model as the fields of a GraphDef: each is a node, those of a nested model stand in a group. */
export function graphOf({ layers, inputShape, loss }: Sequential<string>): Field[] {
  const nodes = [node("input", "Placeholder", [], [shapeOf("_output_shapes", inputShape)])];
  const last = addLayers(nodes, layers, "", "input", inputShape);
  if (loss !== undefined) {
    nodes.push(node("target", "Placeholder", [], []), node("loss", loss.name, [last, "target"], []));
  }
  return [...nodes, [4, "message", [[1, "uint32", 22]]]];
}

/** Adds the nodes of layers, one behind the other; returns the name of the last. */
function addLayers(
  nodes: Field[],
  layers: readonly Layer[],
  path: string,
  from: string,
  input: Shape,
): string {
  let [last, shape] = [from, input];
  for (const [i, layer] of layers.entries()) {
    const group = `${path}${i}_${layer.type.replace(/[^\w.-]/g, "_")}`;
    if (isChain(layer)) {
      last = addLayers(nodes, layer.layers, `${group}/`, last, shape);
      shape = layer.outputShape;
      continue;
    }
    const parameters = layer.parameters.map(({ name, value: { rows, cols } }) => {
      const own = `${group}/${name.slice(layer.context.path.length + 1)}`;
      nodes.push(node(own, "Parameter", [], [shapeOf("_output_shapes", [cols], rows)]));
      return own;
    });
    const name = parameters.length === 0 ? group : `${group}/${layer.type}`;
    nodes.push(node(name, layer.type, [last, ...parameters], [text("code", `new ${layer}`)]));
    last = name;
  }
  return last;
}

function node(name: string, op: string, inputs: readonly string[], attributes: readonly Field[]): Field {
  const from = inputs.map((input): Field => [3, "string", input]);
  return [1, "message", [[1, "string", name], [2, "string", op], ...from, ...attributes]];
}

function text(name: string, value: string): Field {
  return attribute(name, [2, "bytes", new TextEncoder().encode(value)]);
}

function shapeOf(name: string, shape: Shape, rows: number = ANY): Field {
  const sides = [rows, ...shape].map((side): Field => [2, "message", [[1, "int64", side]]]);
  return attribute(name, [1, "message", [[7, "message", sides]]]);
}

function attribute(name: string, value: Field): Field {
  return [
    5,
    "message",
    [
      [1, "string", name],
      [2, "message", [value]],
    ],
  ];
}
