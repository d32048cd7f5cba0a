import { categoricalCrossEntropy, SGD, sizeOf, softmaxCrossEntropy } from "chainrule";
import type { Shown } from "../../contracts.js";

/** Of the steps that are taken on one digit alone: small enough that several are needed to change an answer. */
export const LEARNING_RATE = 0.002;

/** Makes a model ready to be looked at. @throws Error, in a plain sentence, for one that does not read digits */
export function readable(model: Shown): Shown {
  if (!model.isBuilt || sizeOf(model.inputShape) !== 784) {
    throw new Error("This model does not take pictures of 28 × 28 pixels.");
  }
  const units = model.layers.filter(({ type }) => type === "Dense").map(({ options }) => unitsOf(options));
  if (units.at(-1) !== 10) throw new Error("This model does not end in a Dense layer with ten outputs.");
  if (units.length > 6 || Math.max(...units) > 1024) {
    throw new Error("This model is too large to be drawn: at most 6 layers, of at most 1024 units.");
  }
  const loss = model.layers.at(-1)?.type === "Softmax" ? categoricalCrossEntropy() : softmaxCrossEntropy();
  model.compile({ loss, optimizer: new SGD({ learningRate: LEARNING_RATE }) });
  return model;
}

const unitsOf = (options: object) => ("units" in options ? Number(options.units) : 0);
