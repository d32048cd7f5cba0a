import { describe, fail } from "../errors.js";
import { readTable } from "../io/read-table.js";
import { isChain } from "../model/nesting.js";
import { Sequential } from "../model/sequential.js";
import type { Shape } from "../shape.js";
import { snakeCase } from "./snake-case.js";
import { writeLayer } from "./write-layer.js";
import type { KerasLayer, KerasWeight } from "./writing.js";

const WHO = "toTensorFlowJs";

/** A weight as `model.json` describes it. */
export interface TensorFlowJsWeight {
  name: string;
  shape: number[];
  dtype: "float32";
}

/** What `model.json` says, to be written with `JSON.stringify`. */
export interface TensorFlowJsModel {
  format: "layers-model";
  generatedBy: string;
  convertedBy: null;
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: TensorFlowJsWeight[] }[];
  userDefinedMetadata?: object;
}

/**
 * A model as TensorFlow.js reads it with `loadLayersModel`: what `model.json` says, and the bytes of `weights.bin` beside
 * it. Weights are float32, those of a float64 model rounded. Not its compilation. Its table and seed stand in
 * `userDefinedMetadata`, where `fromTensorFlowJs` finds them.
 * @throws ChainruleError for a model that is not built, and for a layer or an option that TensorFlow.js has not
 */
export function toTensorFlowJs(model: Sequential<string>): {
  modelJson: TensorFlowJsModel;
  weights: Uint8Array;
} {
  if (!(model instanceof Sequential)) fail(WHO, "a Sequential", describe(model));
  if (!model.isBuilt) fail(WHO, "a built model", "one without weights", "Give it `input`, or a first batch.");
  const written: Written = { names: new Map(), weights: [] };
  const modelTopology = {
    ...chain(model, written),
    ...{ keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" },
  };
  const specs = written.weights.map(({ name, shape }): TensorFlowJsWeight => {
    return { name, shape: [...shape], dtype: "float32" };
  });
  const metadata = ours(model);
  return {
    modelJson: {
      ...{ format: "layers-model", generatedBy: "chainrule", convertedBy: null, modelTopology },
      weightsManifest: [{ paths: ["weights.bin"], weights: specs }],
      ...(metadata && { userDefinedMetadata: metadata }),
    },
    weights: joined(written.weights),
  };
}

/** What was written so far: how often each class, and the weights by their whole names. */
interface Written {
  readonly names: Map<string, number>;
  readonly weights: KerasWeight[];
}

type Chain = Pick<Sequential, "layers" | "shapes" | "inputShape">;

/** A chain of layers, the shape of its input first. */
function chain({ layers, shapes, inputShape }: Chain, written: Written): object {
  const name = nameOf("Sequential", written);
  const input = {
    class_name: "InputLayer",
    config: {
      ...{ batch_input_shape: [null, ...inputShape], dtype: "float32", sparse: false },
      name: nameOf("Input", written),
    },
  };
  const inside: object[] = [];
  let shape: Shape = inputShape;
  for (const layer of layers) {
    const output = shapes.get(layer) ?? shape;
    if (isChain(layer)) inside.push(chain(layer, written));
    else for (const one of writeLayer(layer, shape, output)) inside.push(put(one, written));
    shape = output;
  }
  return { class_name: "Sequential", config: { name, layers: [input, ...inside] } };
}

function put({ type, config, weights = [] }: KerasLayer, written: Written): object {
  const name = nameOf(type, written);
  for (const weight of weights) written.weights.push({ ...weight, name: `${name}/${weight.name}` });
  return { class_name: type, config: { name, trainable: true, ...config } };
}

/** `dense`, `dense_1` … */
function nameOf(type: string, { names }: Written): string {
  const base = snakeCase(type);
  const count = names.get(base) ?? 0;
  names.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

function joined(weights: readonly KerasWeight[]): Uint8Array {
  const numbers = new Float32Array(weights.reduce((sum, { value }) => sum + value.data.length, 0));
  let at = 0;
  for (const { value } of weights) {
    numbers.set(value.data, at);
    at += value.data.length;
  }
  return new Uint8Array(numbers.buffer);
}

/** What else comes back. @throws ChainruleError for a table with coders that no file can hold */
function ours({ options: { table, seed } }: Sequential<string>): object | undefined {
  if (table === undefined && seed === undefined) return undefined;
  const json = table?.toJSON();
  if (json !== undefined) readTable(WHO, json);
  return { chainrule: { ...(json && { table: json }), ...(seed !== undefined && { seed }) } };
}
