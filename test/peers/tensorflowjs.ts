import { createRequire } from "node:module";
import type { Matrix } from "chainrule";
import type { TensorFlowJsModel } from "chainrule/keras";

// Types of our own: those of the packages are there only where test/peers is installed.
interface Tensor {
  arraySync(): number[][];
}
export interface Artifacts {
  readonly modelTopology: object;
  readonly weightSpecs: readonly object[];
  readonly weightData: ArrayBuffer;
}
export interface PeerModel {
  predict(x: Tensor): Tensor;
  compile(options: object): void;
  trainOnBatch(x: Tensor, y: Tensor): Promise<number>;
  save(handler: unknown): Promise<unknown>;
  getWeights(): readonly { dataSync(): Float32Array; readonly shape: readonly number[] }[];
  setWeights(weights: readonly Tensor[]): void;
  readonly weights: readonly { readonly originalName: string; readonly shape: readonly number[] }[];
}
interface Core {
  tensor(values: ArrayLike<number>, shape: readonly number[]): Tensor;
  tensor2d(rows: readonly (readonly number[])[]): Tensor;
  setBackend(name: string): Promise<boolean>;
  readonly train: { sgd(learningRate: number): object };
  readonly io: {
    fromMemory(artifacts: object): unknown;
    withSaveHandler(save: (artifacts: Artifacts) => Promise<object>): unknown;
  };
}
export interface Layers {
  sequential(options: { layers: readonly object[] }): PeerModel;
  input(options: object): object;
  model(options: object): PeerModel;
  loadLayersModel(handler: unknown): Promise<PeerModel>;
  readonly layers: Readonly<Record<string, (options?: object) => { apply(x: object): object }>>;
  readonly regularizers: Readonly<Record<string, (options?: object) => object>>;
  readonly constraints: Readonly<Record<string, (options?: object) => object>>;
}

const require = createRequire(import.meta.url);
const quiet = console.warn;
console.warn = () => {}; // that another package would be faster
export const core = require("@tensorflow/tfjs-core") as Core;
require("@tensorflow/tfjs-backend-cpu");
export const tfl = require("@tensorflow/tfjs-layers") as Layers;
await core.setBackend("cpu");
console.warn = quiet;

/** A model of ours in TensorFlow.js, by the files that we write. */
export function loadThere({ modelTopology, weightsManifest }: TensorFlowJsModel, weights: Uint8Array) {
  const text = JSON.stringify(modelTopology); // as from a file
  const { weights: weightSpecs } = weightsManifest[0];
  const artifacts = { modelTopology: JSON.parse(text), weightSpecs, weightData: weights.buffer };
  return tfl.loadLayersModel(core.io.fromMemory(artifacts));
}

/** What TensorFlow.js saves of a model. */
export async function savedThere(model: PeerModel): Promise<Artifacts> {
  let saved: Artifacts | undefined;
  const handler = core.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  });
  await model.save(handler);
  return saved as Artifacts;
}

/** Its predictions, a row of numbers for each row, whatever their shape. */
export function predictThere(model: PeerModel, x: Matrix, shape: readonly number[] = [x.cols]): number[][] {
  const y = model.predict(core.tensor(x.data, [x.rows, ...shape])).arraySync();
  return y.map((row) => row.flat(9) as number[]);
}
