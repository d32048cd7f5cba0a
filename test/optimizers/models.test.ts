import {
  Adam,
  Dense,
  Matrix,
  meanSquaredError,
  type Optimizer,
  Random,
  Sequential,
  SGD,
  Tanh,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { makeOptimizer } from "../support/optimizer-laws.js";
import { optimizerClasses } from "../support/subjects.js";

const random = Random.fromSeed(6);
const x = Matrix.zeros(24, 4).map((_, r, c) => random.normal(c, r));
const y = Matrix.zeros(24, 1).map((_, r) => x.at(r, 0) - 0.5 * x.at(r, 3));

async function train(optimizer: Optimizer, batchSize: number | "full" = "full") {
  const layers = [new Dense({ units: 300 }), new Tanh(), new Dense({ units: 1 })];
  const model = new Sequential(layers, { input: [4], seed: 1 });
  model.compile({ loss: meanSquaredError(), optimizer });
  const { loss } = await model.fit({ x, y }, { epochs: 30, batchSize });
  return { model, losses: [...loss] };
}

const valuesOf = ({ parameters }: Sequential<string>) => parameters.flatMap(({ value }) => [...value.data]);

describe.each(optimizerClasses.map((Class) => [Class.type, Class] as const))("%s", (type, Class) => {
  it("trains a model, whose memory grows under it", async () => {
    const more = type === "LBFGS" ? {} : { learningRate: type === "Adadelta" ? 0.3 : 0.003 };
    const { losses } = await train(makeOptimizer(Class, more));
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses[29]).toBeLessThan(0.9 * losses[0]);
  });
});

it("gathers four batches for the step that all rows make", async () => {
  const whole = await train(new SGD({ learningRate: 0.01, momentum: 0.9 }));
  const gathered = await train(new SGD({ learningRate: 0.01, momentum: 0.9, accumulate: 4 }), 6);
  const [a, b] = [valuesOf(whole.model), valuesOf(gathered.model)];
  for (const [i, w] of a.entries()) expect(Math.abs(b[i] - w)).toBeLessThan(1e-5);
});

it("predicts with averages, and goes back to its weights", async () => {
  const optimizer = new Adam({ learningRate: 0.01, average: 0.9 });
  const { model } = await train(optimizer);
  optimizer.useWeights(model.parameters);
  const before = [valuesOf(model), await model.evaluate({ x, y })];
  optimizer.useAverages(model.parameters);
  expect(valuesOf(model)).not.toEqual(before[0]);
  expect(await model.evaluate({ x, y })).not.toEqual(before[1]);
  optimizer.useWeights(model.parameters);
  expect([valuesOf(model), await model.evaluate({ x, y })]).toEqual(before);
});

it("has groups by the names that models give", async () => {
  const groups = [
    { match: /^0\./, learningRate: 0 },
    { match: ["2.bias"], learningRate: 0.2 },
  ];
  const still = new SGD({ learningRate: 0, groups });
  const { model } = await train(still);
  const moved = model.parameters.map(({ name, value }) => [name, [...value.data]] as const);
  const { model: fresh } = await train(new SGD({ learningRate: 0 }));
  const start = new Map(fresh.parameters.map(({ name, value }) => [name, [...value.data]]));
  const names = moved
    .filter(([name, data]) => String(data) !== String(start.get(name)))
    .map(([name]) => name);
  expect(names).toEqual(["2.bias"]);
});
