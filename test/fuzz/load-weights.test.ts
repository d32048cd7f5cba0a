import { ChainruleError, loadWeights, Matrix, weightsToBytes } from "chainrule";
import { expect, it } from "vitest";
import { fixture, modelOf, optionsOf } from "../io/support/torch-models.js";
import { Dice, mutateBytes } from "./mutate.js";
import { mutateTensors } from "./mutate-tensors.js";

const names = ["sequential", "named", "nested"];
const corpus = Object.fromEntries(names.map((name) => [name, fixture(`torch-${name}`)]));

it("loads 10,000 damaged state_dicts whole, or changes nothing", { timeout: 110_000 }, () => {
  const models = Object.fromEntries(names.map((name) => [name, modelOf(name, "float64")]));
  const outcomes: Record<string, number> = {};
  for (let i = 0; i < 10_000; i++) {
    const dice = new Dice(41, i);
    const name = dice.pick(names);
    const model = models[name];
    const bytes = dice.below(3) === 0 ? mutateBytes(corpus[name], dice) : mutateTensors(corpus[name], dice);
    const options = { ...optionsOf[name], strict: dice.below(2) === 0 };
    const before = weightsToBytes(model);
    let outcome = "loaded";
    try {
      const { loaded, missing } = loadWeights(model, bytes, options);
      expect(loaded.length + missing.length).toBe(model.parameters.length);
      expect(loaded.length).toBeGreaterThan(0);
      if (options.strict) expect(missing).toEqual([]);
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      expect(Buffer.compare(weightsToBytes(model), before)).toBe(0);
      outcome = error.message.replace(/"[^"]*"|\d[\d.e+]*/g, "…").split(" expects ")[0];
    }
    model.predict(Matrix.zeros(2, 4, "float64")); // whatever the numbers are
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  expect(outcomes.loaded).toBeGreaterThan(2000);
  expect(outcomes.loadWeights).toBeGreaterThan(1000);
  expect("polluted" in {}).toBe(false);
});
