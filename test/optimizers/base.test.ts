import { Adam, AdamW, Lion, type Optimizer, ScheduleFree, SGD, stepDecay } from "chainrule";
import { describe, expect, it } from "vitest";
import type { Parameter } from "../../src/parameter.js";
import { parameterOf, valuesOf } from "./support.js";

/** One step of each parameter on its gradient. */
function step(optimizer: Optimizer, parameters: readonly Parameter[], gradients: readonly number[][]) {
  for (const [i, { grad }] of parameters.entries()) grad.data.set(gradients[i]);
  optimizer.step(parameters);
  return valuesOf(parameters);
}

const pair = () => [parameterOf([0], "0.weight"), parameterOf([0], "0.bias")];

describe("groups", () => {
  it("have a rate of their own by name, and the first that matches counts", () => {
    const groups = [
      { match: /bias$/g, learningRate: 2 },
      { match: ["0.bias", "0.weight"], learningRate: 5 },
    ];
    const optimizer = new SGD({ learningRate: 1, groups });
    const parameters = pair();
    expect(step(optimizer, parameters, [[1], [1]])).toEqual([[-5], [-2]]);
    expect(step(optimizer, parameters, [[1], [1]])).toEqual([[-10], [-4]]);
  });

  it("have a schedule that is asked once a step, and what they do not say is common", () => {
    const asked: number[] = [];
    const learningRate = (at: number) => {
      asked.push(at);
      return at + 1;
    };
    const optimizer = new SGD({ learningRate: 0.5, groups: [{ match: /0/, learningRate }] });
    const parameters = [...pair(), parameterOf([0], "1.bias")];
    expect(step(optimizer, parameters, [[1], [1], [1]])).toEqual([[-1], [-1], [-0.5]]);
    expect(step(optimizer, parameters, [[1], [1], [1]])).toEqual([[-3], [-3], [-1]]);
    expect(asked).toEqual([0, 1]);
  });

  it("have rates that can be changed, and that are part of the state", () => {
    const groups = [{ match: /bias/, learningRate: 0.5 }, { match: /weight/ }];
    const make = () => new SGD({ learningRate: 1, groups });
    const [optimizer, other] = [make(), make()];
    expect(optimizer.scalars).toEqual({ steps: 0 });
    optimizer.groups.rates = [0.25, undefined];
    expect(step(optimizer, pair(), [[1], [1]])).toEqual([[-1], [-0.25]]);
    other.scalars = { ...optimizer.scalars };
    expect(other.groups.rates).toEqual([0.25, undefined]);
    other.scalars = { steps: 0 };
    expect(other.groups.rates).toEqual([0.5, undefined]);
    optimizer.groups.rates = [];
    expect(optimizer.groups.rates).toEqual([0.5, undefined]);
    optimizer.groups.rates = [0.25, 2];
    other.scalars = { ...optimizer.scalars };
    expect(other.groups.rates).toEqual([0.25, 2]);
    for (const rates of [[-1, undefined], [Number.NaN], [1, "2" as never]]) {
      expect(() => {
        optimizer.groups.rates = rates;
      }).toThrow(/^SGD's groups\[[01]\] expects .*, but got/);
    }
    expect(optimizer.groups.rates).toEqual([0.25, 2]);
  });

  it("can have a rate of 0", () => {
    const optimizer = new SGD({ learningRate: 1, groups: [{ match: /bias/, learningRate: 0 }] });
    expect(step(optimizer, pair(), [[1], [1]])).toEqual([[-1], [0]]);
  });

  it("have a decay and clipping of their own", () => {
    const groups = [{ match: /bias/, weightDecay: 0, clipValue: 4 }];
    const parameters = [parameterOf([4], "weight"), parameterOf([4], "bias")];
    const optimizer = new SGD({ learningRate: 0.5, weightDecay: 0.5, clipValue: 2, groups });
    // weight: 4 − 0.5·(2 + 0.5·4); bias: 4 − 0.5·4
    expect(step(optimizer, parameters, [[9], [9]])).toEqual([[2], [2]]);
    const lion = new Lion({
      learningRate: 0.5,
      weightDecay: 0.5,
      groups: [{ match: /bias/, weightDecay: 0 }],
    });
    // weight: 4 − 0.5·(1 + 0.5·4); bias: 4 − 0.5·1
    const others = [parameterOf([4], "weight"), parameterOf([4], "bias")];
    expect(step(lion, others, [[9], [9]])).toEqual([[2.5], [3.5]]);
  });

  it.each([
    [{ match: "bias" }, /groups\[0\] expects `match` to be a pattern such as/],
    [{ match: [] }, /groups\[0\] expects `match` to be/],
    [{ match: /a/, learningrate: 1 }, /Did you mean "learningRate"/],
    [{ match: /a/, learningRate: -1 }, /`learningRate` to be a finite number of at least 0/],
    [{ match: /a/, weightDecay: Number.NaN }, /`weightDecay` to be/],
    ["bias", /groups\[0\] expects an options object/],
  ])("refuse %j", (group, message) => {
    expect(() => new SGD({ learningRate: 1, groups: [group as never] })).toThrow(message);
  });

  it("are a list, and each finds its parameters", () => {
    expect(() => new SGD({ learningRate: 1, groups: {} as never })).toThrow(/`groups` to be a list such as/);
    const unknown = new SGD({ learningRate: 1, groups: [{ match: ["0.wieght"] }] });
    expect(() => unknown.step(pair())).toThrow(
      /names of parameters, but got "0.wieght". Did you mean "0.weight"/,
    );
    const none = new SGD({ learningRate: 1, groups: [{ match: /gamma/ }] });
    expect(() => none.step(pair())).toThrow(/to be found in a parameter's name, but got \/gamma\//);
  });
});

describe("accumulate", () => {
  it("steps on the mean of so many gradients, and counts steps and not calls", () => {
    const learningRate = stepDecay({ initial: 1, every: 1, factor: 0.5 });
    const optimizer = new SGD({ learningRate, accumulate: 2 });
    const w = [parameterOf([0])];
    const walk = [[1], [3], [4], [0]].map((g) => step(optimizer, w, [g])[0][0]);
    expect(walk).toEqual([0, -2, -2, -3]);
    expect(optimizer.scalars).toEqual({ steps: 2 });
  });

  it("clips and decays the mean", () => {
    const optimizer = new SGD({ learningRate: 1, accumulate: 2, clipValue: 1, weightDecay: 0.5 });
    const w = [parameterOf([2])];
    step(optimizer, w, [[10]]);
    expect(step(optimizer, w, [[-9.5]])).toEqual([[2 - (0.25 + 0.5 * 2)]]);
  });

  it("goes on from its state in the midst of a step", () => {
    const make = () => new Adam({ learningRate: 0.1, accumulate: 3 });
    const [first, second] = [make(), make()];
    const [mine, theirs] = [[parameterOf([1, 2])], [parameterOf([1, 2])]];
    for (const g of [
      [1, 2],
      [3, -4],
    ])
      step(first, mine, [g]);
    expect(first.scalars).toMatchObject({ steps: 0, gathered: 2 });
    second.scalars = { ...first.scalars };
    for (const name of first.slotNames(mine[0])) {
      second.slot(theirs[0], name).data.set(first.slot(mine[0], name).data);
    }
    const ends = [step(first, mine, [[2, 5]]), step(second, theirs, [[2, 5]])];
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[0]).not.toEqual([[1, 2]]);
  });

  it("leaves frozen parameters out", () => {
    const optimizer = new SGD({ learningRate: 1, accumulate: 2 });
    const parameters = pair();
    parameters[0].trainable = false;
    step(optimizer, parameters, [[1], [1]]);
    expect(step(optimizer, parameters, [[1], [1]])).toEqual([[0], [-1]]);
  });

  it.each([0, 1.5, "2"])("is not %s", (accumulate) => {
    const make = () => new SGD({ learningRate: 1, accumulate: accumulate as never });
    expect(make).toThrow(/`accumulate` to be a whole number of at least 1/);
  });
});

describe("average", () => {
  /** w = −1, −2, −3; a = −1, then a += ½·(w − a): −1.5, −2.25 */
  function trained() {
    const optimizer = new SGD({ learningRate: 1, average: 0.5 });
    const w = [parameterOf([0])];
    for (let i = 0; i < 3; i++) step(optimizer, w, [[1]]);
    return { optimizer, w };
  }

  it("follows the weights, and changes places with them", () => {
    const { optimizer, w } = trained();
    optimizer.useWeights(w);
    expect(valuesOf(w)).toEqual([[-3]]);
    optimizer.useAverages(w);
    optimizer.useAverages(w);
    expect(valuesOf(w)).toEqual([[-2.25]]);
    optimizer.useWeights(w);
    optimizer.useWeights(w);
    expect(valuesOf(w)).toEqual([[-3]]);
    expect(step(optimizer, w, [[1]])).toEqual([[-4]]);
  });

  it("is not trained, and says in its state which of the two is in place", () => {
    const { optimizer, w } = trained();
    optimizer.useAverages(w);
    expect(() => optimizer.step(w)).toThrow(/SGD expects weights in training, but got their averages/);
    expect(optimizer.scalars).toEqual({ steps: 3, averaged: 1 });
    const other = new SGD({ learningRate: 1, average: 0.5 });
    other.scalars = { ...optimizer.scalars };
    other.slot(w[0], "average").data.set(optimizer.slot(w[0], "average").data);
    other.useWeights(w);
    expect(valuesOf(w)).toEqual([[-3]]);
  });

  it("waits for finished steps, and passes frozen parameters by", () => {
    const optimizer = new SGD({ learningRate: 1, average: 0.5, accumulate: 2 });
    const parameters = pair();
    parameters[1].trainable = false;
    step(optimizer, parameters, [[1], [1]]);
    expect(optimizer.slotNames(parameters[0])).toEqual(["gathered"]);
    step(optimizer, parameters, [[1], [1]]);
    expect(optimizer.slotNames(parameters[0])).toEqual(["gathered", "average"]);
    expect(optimizer.slotNames(parameters[1])).toEqual([]);
    optimizer.useAverages(parameters);
    expect(valuesOf(parameters)).toEqual([[-1], [0]]);
  });

  it("must be asked for", () => {
    expect(() => new AdamW().useAverages([])).toThrow(/AdamW expects the option `average`, but got none/);
    expect(() => new SGD({ learningRate: 1, average: 1 })).toThrow(/`average` to be a number from 0/);
    expect(() => new ScheduleFree({ average: 0.9 } as never)).toThrow(
      /^ScheduleFree expects `average` to be left out, since x is an average already, but got 0\.9/,
    );
  });
});

describe("ScheduleFree", () => {
  it("evaluates at the mean of z, and trains at y", () => {
    const optimizer = new ScheduleFree({ learningRate: 1, method: "SGD", beta1: 0.5 });
    const w = [parameterOf([0])];
    // z = −1, −2, −3 and x = −1, −1.5, −2, so y = −1, −1.75, −2.5
    expect([1, 1, 1].map((g) => step(optimizer, w, [[g]])[0][0])).toEqual([-1, -1.75, -2.5]);
    optimizer.useAverages(w);
    expect(valuesOf(w)).toEqual([[-2]]);
    optimizer.useWeights(w);
    expect(valuesOf(w)).toEqual([[-2.5]]);
  });

  it("weighs z by the square of the rate, so that a warm-up counts little", () => {
    const learningRate = (at: number) => [0, 1, 2][at];
    const optimizer = new ScheduleFree({ learningRate, method: "SGD", beta1: 0 });
    const w = [parameterOf([0])];
    // γ = 0, 1, 2: z = 0, −1, −3; c = 0, 1/1, 4/5
    for (const g of [1, 1, 1]) step(optimizer, w, [[g]]);
    expect(valuesOf(w)).toEqual([[-3]]);
    optimizer.useAverages(w);
    expect(w[0].value.data[0]).toBeCloseTo(-1 + (4 / 5) * (-3 + 1), 12);
  });

  it.each(["SGD", "AdamW"] as const)("weighs a group's z by the group's own rate: %s", (method) => {
    const rise = (at: number) => 0.1 * (at + 1);
    const fall = (at: number) => 1 / (at + 1);
    const groups = [{ match: /bias/, learningRate: fall }];
    const grouped = new ScheduleFree({ learningRate: rise, method, groups });
    const [weight, bias] = pair();
    const [byRise, byFall] = [rise, fall].map((learningRate) => new ScheduleFree({ learningRate, method }));
    const [one, two] = [parameterOf([0]), parameterOf([0])];
    for (const g of [1, -0.5, 2, 0.7]) {
      step(grouped, [weight, bias], [[g], [g]]);
      step(byRise, [one], [[g]]);
      step(byFall, [two], [[g]]);
    }
    expect(valuesOf([weight, bias])).toEqual(valuesOf([one, two]));
    grouped.useAverages([weight, bias]);
    byRise.useAverages([one]);
    byFall.useAverages([two]);
    expect(valuesOf([weight, bias])).toEqual(valuesOf([one, two]));
  });
});
