import { setNumerics } from "chainrule";
import { chainRule } from "./chain-rule.js";
import { batchDescent, stochasticDescent } from "./descents.js";
import { forward } from "./forward.js";
import { generalisation } from "./generalisation.js";
import { layers } from "./layers.js";
import { loss } from "./loss.js";
import { neuron } from "./neuron.js";
import { optimizers } from "./optimizers.js";
import { weightsAndBiases } from "./weights-and-biases.js";

// The same pictures on every machine.
setNumerics("exact");

export { home } from "./home.js";

/** Each by the name of its chapter. */
export const pictures: Readonly<Record<string, () => string | Promise<string>>> = {
  "01-a-neuron": neuron,
  "02-layers": layers,
  "03-forward-propagation": forward,
  "04-weights-and-biases": weightsAndBiases,
  "05-loss": loss,
  "06-the-chain-rule": chainRule,
  "07-batch-gradient-descent": batchDescent,
  "08-stochastic-gradient-descent": stochasticDescent,
  "09-choosing-an-optimizer": optimizers,
  "10-generalisation": generalisation,
};
