import { describe, didYouMean, fail, size } from "../errors.js";
import { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";

/** Matrices by name: `0.weight`, `0.bias` … */
export type Weights = Record<string, Matrix>;

/** Copies of all values, by name. */
export function readWeights(parameters: readonly Parameter[]): Weights {
  const weights: Weights = Object.create(null);
  for (const { name, value } of parameters) weights[name] = value.copy();
  return weights;
}

/** Copies numbers into the parameters of the same names, all or none. @throws ChainruleError as `expectWeights` does */
export function writeWeights(parameters: readonly Parameter[], weights: Weights): void {
  expectWeights("setWeights", parameters, weights);
  for (const { name, value, kernels } of parameters) kernels.copy(weights[name], value);
}

/** @throws ChainruleError unless there is a matrix of the right size and dtype for every parameter, and no other */
export function expectWeights(who: string, parameters: readonly Parameter[], weights: Weights): void {
  if (typeof weights !== "object" || weights === null) fail(who, "matrices by name", describe(weights));
  const names = parameters.map(({ name }) => name);
  for (const name of Object.keys(weights)) {
    if (!names.includes(name)) {
      const advice = didYouMean(name, names) || `This model has ${names.join(", ") || "none"}.`;
      fail(who, "weights that the model has", JSON.stringify(name), advice);
    }
  }
  for (const { name, value } of parameters) {
    const w = weights[name];
    if (!Matrix.isMatrix(w)) fail(who, `a Matrix for ${JSON.stringify(name)}`, describe(w));
    if (w.rows !== value.rows || w.cols !== value.cols || w.dtype !== value.dtype) {
      const wanted = `${value.dtype} ${size(value)} for ${JSON.stringify(name)}`;
      fail(who, wanted, `${w.dtype} ${size(w)}`);
    }
  }
}
