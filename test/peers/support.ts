import { Matrix, Random, type Sequential } from "chainrule";
import { core, type PeerModel } from "./tensorflowjs.js";

const random = Random.fromSeed(7);

/** Rows of normal numbers. */
export const normalRows = (rows: number, cols: number, key = 0): Matrix =>
  Matrix.zeros(rows, cols).map((_, r, c) => random.normal(r * cols + c, key));

/** Numbers that no initializer makes; variances stay above 0. */
export function shuffle(model: Sequential): void {
  for (const [key, { name, value }] of model.parameters.entries()) {
    const isVariance = name.endsWith("runningVariance");
    for (let i = 0; i < value.data.length; i++) {
      value.data[i] = isVariance ? 0.3 + random.uniform(i, key) : 0.6 * random.normal(i, key + 50);
    }
  }
}

/** The same for a model of TensorFlow.js. */
export function shuffleThere(model: PeerModel): void {
  const values = model.weights.map(({ originalName, shape }, key) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const isVariance = originalName.includes("variance");
    const data = Float32Array.from({ length: size }, (_, i) =>
      isVariance ? 0.3 + random.uniform(i, key) : 0.6 * random.normal(i, key + 50),
    );
    return core.tensor(data, shape);
  });
  model.setWeights(values);
}
