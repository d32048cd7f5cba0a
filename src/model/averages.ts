import type { Trainer } from "./trainer.js";

/** Where the optimizer keeps averages of the weights, they are what is validated, saved, and what the model ends with. */
export function averagesOf({ model, options: { optimizer } }: Trainer) {
  return {
    enter: () => optimizer.keepsAverages && optimizer.steps > 0 && optimizer.useAverages(model.parameters),
    leave: () => optimizer.useWeights(model.parameters),
  };
}
