import type { Sequential } from "../model/sequential.js";
import type { Weights } from "../model/weights.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { expectReady } from "./expect-model.js";

/**
 * Does some work that trains the model, and puts weights, optimizer and count of steps back where they were.
 * @throws ChainruleError for a model that is not compiled, has no weights yet or is in training, and what the work throws
 */
export function tryOut<T>(who: string, model: Sequential<string>, work: (optimizer: Optimizer) => T): T {
  const optimizer = expectReady(who, model);
  const weights = model.getWeights();
  const restore = optimizerRestorer(model, optimizer);
  const { position } = model.context;
  const { step } = position;
  try {
    return work(optimizer);
  } finally {
    model.setWeights(weights);
    restore();
    position.step = step;
  }
}

function optimizerRestorer({ parameters }: Sequential<string>, optimizer: Optimizer): () => void {
  const { learningRate } = optimizer;
  const { rates } = optimizer.groups;
  const scalars = { ...optimizer.scalars };
  const slots = parameters.map((parameter) => {
    const kept: Weights = Object.create(null);
    for (const name of optimizer.slotNames(parameter)) kept[name] = optimizer.slot(parameter, name).copy();
    return { parameter, kept };
  });
  return () => {
    optimizer.forget(parameters);
    for (const { parameter, kept } of slots) {
      for (const [name, { data }] of Object.entries(kept)) optimizer.slot(parameter, name).data.set(data);
    }
    optimizer.scalars = scalars;
    optimizer.learningRate = learningRate;
    optimizer.groups.rates = rates;
  };
}
