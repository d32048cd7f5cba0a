import * as chainrule from "chainrule";
import {
  Context,
  type Initializer,
  type Loss,
  Matrix,
  type Metric,
  type Optimizer,
  type Parameter,
  Random,
  type Regularizer,
  type Schedule,
  sizeOf,
} from "chainrule";
import { describe, expect, it } from "vitest";
import type { Constraint } from "../../src/constraints.js";
import { exampleOf, inputsFor } from "../support/layer-laws.js";
import { casesFor } from "../support/loss-laws.js";
import { parametersOf, quadratic } from "../support/optimizer-laws.js";
import { layerClasses, optimizerClasses } from "../support/subjects.js";
import { defaultOf, nameOf, type Row, tables } from "./catalogue-page.js";

type Factory = (options?: object) => unknown;
const factories = chainrule as unknown as Readonly<Record<string, Factory>>;

/** The defaults that a row tells of. */
const toldBy = ({ options }: Row): Record<string, unknown> =>
  Object.fromEntries(
    options.map((o) => [nameOf(o), defaultOf(o)]).filter(([, value]) => value !== undefined),
  );

const random = Random.fromSeed(5);
const weights = () =>
  Matrix.zeros(5, 4, "float64").map((_, r, c) => (c === 3 ? 0.05 : 3) * random.normal(c, r));
const bits = ({ data }: Matrix) => Array.from(data);

/** What the rules of schedules want to know. */
const needs: Readonly<Record<string, unknown>> = {
  ...{ rate: 0.2, initial: 0.1, every: 2, factor: 0.5, milestones: [2, 4], steps: 6, decay: 0.5 },
  ...{ low: 0.1, high: 1, up: 3, peak: 1, units: 8, warmup: 3, value: 2, sparsity: 0.4 },
};
const needed = ({ options }: Row) =>
  Object.fromEntries(options.filter((o) => /^\w+$/.test(o)).map((o) => [o, needs[o]]));

/** What a thing does, in numbers, by the table that it is in. */
const behaviours: Readonly<Record<string, (thing: unknown) => unknown>> = {
  Losses(thing) {
    const loss = thing as Loss;
    const { prediction, targets } = casesFor(loss, "float64");
    return targets.map((t) => [loss.total(prediction, t), bits(loss.gradient(prediction, t))]);
  },
  Schedules: (thing) => Array.from({ length: 40 }, (_, step) => (thing as Schedule)(step)),
  Initializers(thing) {
    const w = Matrix.zeros(40, 30, "float64");
    (thing as Initializer)(w, { fanIn: 40, fanOut: 30 }, random);
    return bits(w);
  },
  Regularizers(thing) {
    const grad = Matrix.zeros(5, 4, "float64");
    return [(thing as Regularizer)(weights(), grad), bits(grad)];
  },
  Constraints(thing) {
    const w = weights();
    (thing as Constraint)(w);
    return bits(w);
  },
  Metrics(thing) {
    return [1, 8].map((columns) => {
      const gather = (thing as Metric).start("probability");
      if (columns === 1 && (thing as Metric).name === "topK") return undefined;
      const prediction = Matrix.zeros(40, columns, "float64").map((_, r, c) => random.uniform(c, r));
      const target = Matrix.zeros(40, 1, "float64").map((_, r) => (r * r) % (columns === 1 ? 2 : 5));
      gather.add(
        prediction,
        (thing as Metric).name === "binaryAccuracy" ? prediction.map(Math.round) : target,
      );
      return gather.value();
    });
  },
};

/** A bowl that shakes more at first, so that gradients turn and shrink. */
function slopes(parameters: readonly Parameter[], step: number): number {
  let loss = quadratic(parameters);
  for (const { value, grad } of parameters) {
    for (let i = 0; i < grad.data.length; i++) {
      const shake = random.normal(i, step) * 5 * 0.6 ** step;
      grad.data[i] += shake;
      loss += shake * value.data[i];
    }
  }
  return loss;
}

const ofFactories = Object.entries(behaviours).flatMap(([title, behaviour]) =>
  tables[title]
    .filter((row) => Object.keys(toldBy(row)).length > 0 && row.name !== "confusionMatrix")
    .map((row) => [row.name, row, behaviour] as const),
);

describe("the defaults that the catalogue tells of are those of", () => {
  it.each(ofFactories)("%s", (name, row, behaviour) => {
    const without = behaviour(factories[name](needed(row)));
    expect(behaviour(factories[name]({ ...needed(row), ...toldBy(row) }))).toEqual(without);
  });

  const ofLayers = [...tables.Activations, ...tables.Layers].filter(
    (row) => Object.keys(toldBy(row)).length > 0,
  );
  it.each(ofLayers.map((row) => [row.name, row] as const))("%s", (name, row) => {
    const Class = layerClasses.find(({ type }) => type === name) as (typeof layerClasses)[number];
    const numbers = (more: object): unknown => {
      const { options, input } = exampleOf(Class); // with new layers inside each time
      const required = Object.entries(options).filter(([option]) => row.options.includes(option));
      const layer = new Class({ ...Object.fromEntries(required), ...more } as never);
      const outputs = sizeOf(layer.build(input, Context.root({ dtype: "float64", seed: 3 })));
      const x = inputsFor(Class, 4, "float64");
      const y = bits(layer.forward(x, true));
      const dx = bits(layer.backward(Matrix.full(4, outputs, 1, "float64")));
      const shapes = layer.parameters.map(({ name, value }) => [name, value.rows, value.cols]);
      return [shapes, y, dx, layer.isPenalized && layer.penalty, bits(layer.forward(x, false))];
    };
    expect(numbers(toldBy(row))).toEqual(numbers({}));
  });

  it.each(tables.Optimizers.map((row) => [row.name, row] as const))("%s", (name, row) => {
    const Class = optimizerClasses.find(({ type }) => type === name) as (typeof optimizerClasses)[number];
    const given = row.options.includes("learningRate") ? { learningRate: 0.1 } : {};
    const numbers = (more: object): unknown => {
      const optimizer: Optimizer = new Class({ ...given, ...more } as never);
      const parameters = parametersOf("float64");
      for (let step = 0; step < 12; step++) {
        slopes(parameters, step);
        optimizer.step(parameters, () => slopes(parameters, step));
      }
      return parameters.map(({ value }) => bits(value));
    };
    const { learningRate, ...others } = toldBy(row);
    expect(numbers(toldBy(row))).toEqual(numbers({}));
    if (learningRate !== undefined)
      expect(numbers({ learningRate: 0.123, ...others })).not.toEqual(numbers({}));
  });
});
