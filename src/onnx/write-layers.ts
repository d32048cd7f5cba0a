import { describe, fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { leavesOf } from "../model/nesting.js";
import { sizeOf } from "../shape.js";
import type { OnnxValue, OnnxWriter } from "./onnx-graph.js";
import { activationWriters } from "./write-activations.js";
import { compositeWriters } from "./write-composites.js";
import type { GraphWriter } from "./write-graph.js";
import { rowWriters } from "./write-rows.js";

const same: OnnxWriter = (_, _graph, x) => x;

/** Each layer as nodes, by its type. A function, which bundlers leave out where nobody calls it. */
export const writers = (): Readonly<Record<string, OnnxWriter>> => ({
  ...activationWriters(),
  ...rowWriters(),
  ...compositeWriters(),
  // In inference these leave every number as it is.
  ...{ Dropout: same, AlphaDropout: same, GaussianDropout: same, GaussianNoise: same },
  ...{ Identity: same, ActivityRegularization: same },
  Flatten: (_, graph, x) => graph.shaped(x, [sizeOf(x.shape)]),
  Reshape: ({ options }, graph, x) => graph.shaped(x, (options as { shape: number[] }).shape),
});

/** Writes layers one after the other, those of nested models in their place. */
export function writePath(
  who: string,
  layers: readonly Layer[],
  graph: GraphWriter,
  x: OnnxValue,
  known: ReadonlyMap<string, OnnxWriter>,
): OnnxValue {
  let y = x;
  for (const layer of leavesOf(layers)) {
    const writer = known.get(layer.type);
    if (writer === undefined) {
      const key = /^[\p{L}_$][\p{L}\d_$]*$/u.test(layer.type) ? layer.type : JSON.stringify(layer.type);
      const advice = `Give it: ${who}(model, { layers: { ${key}: (layer, graph, x) => graph.node("…", [x]) } }).`;
      fail(who, "layers that it can write", layer.label, advice);
    }
    y = graph.within(`${layer.context.path}.${layer.type}`, () => {
      const input = graph.shaped(y, layer.inputShape);
      return expectValue(who, layer, writer(layer, graph, input), graph);
    });
  }
  return y;
}

function expectValue(who: string, { label }: Layer, value: OnnxValue, graph: GraphWriter): OnnxValue {
  if (typeof value === "object" && value !== null && graph.has(value)) return value;
  const advice = 'Return what graph.node("…", [x]) returns.';
  return fail(who, `the writer of ${label} to return a value of the graph`, describe(value), advice);
}
