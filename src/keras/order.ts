import { describe, fail } from "../errors.js";
import { own } from "./config.js";

/**
 * The layers of a functional model in the order in which numbers go through them.
 * @throws ChainruleError unless they are one chain from one input to one output
 */
export function inOrder(who: string, layers: readonly unknown[], config: unknown): readonly unknown[] {
  const advice = "Only chains of layers are read: no branches, no shared layers, one input, one output.";
  const next = new Map<string | undefined, unknown>();
  for (const layer of layers) {
    const source = sourceOf(own(layer, "inbound_nodes"));
    if (source === null || next.has(source)) {
      return fail(who, "each layer behind one other", describe(own(layer, "name")), advice);
    }
    next.set(source, layer);
  }
  const ordered: unknown[] = [];
  let name: string | undefined;
  for (let layer = next.get(undefined); layer !== undefined; layer = next.get(name)) {
    if (ordered.push(layer) > layers.length) break;
    const found = own(layer, "name");
    name = typeof found === "string" ? found : "";
  }
  if (ordered.length !== layers.length) fail(who, "one chain of layers", "a loop or a gap", advice);
  const output = lastName(own(config, "output_layers"));
  if (output !== name) fail(who, `one output, that of ${describe(name)}`, describe(output), advice);
  return ordered;
}

/** The name of the one layer whose output a layer takes; `undefined` for none, `null` for several. */
function sourceOf(nodes: unknown): string | undefined | null {
  if (nodes === undefined || (Array.isArray(nodes) && nodes.length === 0)) return undefined;
  if (!Array.isArray(nodes) || nodes.length !== 1) return null;
  const [node] = nodes;
  // Keras 3: { args: [a tensor], kwargs }; before: [[name, node, tensor, kwargs]].
  if (!Array.isArray(node)) {
    const args = own(node, "args");
    if (!Array.isArray(args) || args.length !== 1) return null;
    const history = own(own(args[0], "config"), "keras_history");
    return Array.isArray(history) && typeof history[0] === "string" ? history[0] : null;
  }
  if (node.length !== 1 || !Array.isArray(node[0])) return null;
  return typeof node[0][0] === "string" ? node[0][0] : null;
}

/** `[name, 0, 0]`, or a list of one such. */
function lastName(outputs: unknown): unknown {
  if (!Array.isArray(outputs)) return undefined;
  if (typeof outputs[0] === "string") return outputs[0];
  return outputs.length === 1 && Array.isArray(outputs[0]) ? outputs[0][0] : undefined;
}
