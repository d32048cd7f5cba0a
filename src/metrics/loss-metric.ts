import { fail } from "../errors.js";
import type { Loss, Meaning } from "../losses/loss.js";
import { type Accumulator, failState, type Metric } from "./metric.js";

/**
 * The mean of a loss over all rows, Σ w·l / Σ w, without penalties; NaN of no rows. Of a loss whose rows hang together in
 * a batch it is the mean of the batches. A loss on probabilities is taken on logits where a model puts those out, if it
 * has such a form. Default: the name of the loss.
 * @throws ChainruleError for a loss on logits where the model puts out probabilities, or the other way round
 */
export function lossMetric<Name extends string = string>(loss: Loss, name?: Name): Metric<Name> {
  const called = name ?? (loss.name as Name);
  const start = (prediction: Meaning) => lossMean(called, lossFor(called, loss, prediction));
  return { name: called, higherIsBetter: false, start };
}

/** The form of the loss that takes such predictions. */
function lossFor(name: string, loss: Loss, given: Meaning): Loss {
  const { prediction: expected = "value", fused } = loss;
  if (given === expected || given === "value" || expected === "value") return loss;
  if (given === "logit" && fused?.loss.prediction === "logit") return fused.loss;
  const advice = "Choose the form of the loss that takes what the model puts out.";
  return fail(`The metric ${JSON.stringify(name)}`, plural[expected], plural[given], advice);
}

const plural = { value: "values", probability: "probabilities", logit: "logits" };

/** Σ w·l / Σ w, or `end` of it. */
export function lossMean(
  name: string,
  loss: Pick<Loss, "total">,
  end: (mean: number) => number = (mean) => mean,
): Accumulator {
  let [sum, weights] = [0, 0];
  return {
    add(prediction, target, weight) {
      const total = loss.total(prediction, target, weight);
      sum += total.sum;
      weights += total.weight;
    },
    value: () => end(sum / weights),
    get state() {
      return [sum, weights];
    },
    set state(numbers) {
      if (numbers.length !== 2) failState(name, "of 2 numbers", numbers.length);
      [sum, weights] = numbers;
    },
  };
}
