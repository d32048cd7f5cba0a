import type { Optimizer, Parameter } from "chainrule";
import { describe, expect, it } from "vitest";
import { makeOptimizer, parametersOf } from "../support/optimizer-laws.js";
import { optimizerClasses } from "../support/subjects.js";
import { valuesOf } from "./support.js";

/** Seven gradients, of all sizes around 1. */
const gradients = (parameters: readonly Parameter[], step: number) =>
  parameters.map(({ value }, p) =>
    Float64Array.from(value.data, (_, i) => Math.sin(3 + i + 5 * p + 11 * step) * (i + 1)),
  );

/** Where the parameters are after each of seven steps; `change` is what happens to gradients before the optimizer. */
function walk(
  optimizer: Optimizer,
  parameters: readonly Parameter[],
  change: (gradients: Float64Array[], parameters: readonly Parameter[]) => Float64Array[] = (g) => g,
) {
  return Array.from({ length: 7 }, (_, step) => {
    for (const [p, g] of change(gradients(parameters, step), parameters).entries())
      parameters[p].grad.data.set(g);
    optimizer.step(parameters);
    return valuesOf(parameters);
  });
}

const expectClose = (a: readonly number[][][], b: readonly number[][][]) => {
  const [mine, theirs] = [a.flat(2), b.flat(2)];
  expect(mine.length).toBe(theirs.length);
  for (const [i, w] of mine.entries()) expect(w).toBeCloseTo(theirs[i], 9);
};

const norm = (gradient: ArrayLike<number>) => Math.hypot(...Array.from(gradient));
const scaled = (gradient: Float64Array, limit: number, length = norm(gradient)) =>
  gradient.map((g) => g * Math.min(1, limit / length));

const decoupled = ["AdamW", "LAMB", "Lion", "Muon", "ScheduleFree"];

describe.each(optimizerClasses.map((Class) => [Class.type, Class] as const))("%s", (type, Class) => {
  const fresh = () => parametersOf("float64");
  const plain = { weightDecay: 0 };

  it.each<[object, (gradients: Float64Array[]) => Float64Array[]]>([
    [{ clipValue: 0.4 }, (all) => all.map((g) => g.map((v) => Math.max(-0.4, Math.min(0.4, v))))],
    [{ clipNorm: 2 }, (all) => all.map((g) => scaled(g, 2))],
    [{ globalClipNorm: 2 }, (all) => all.map((g) => scaled(g, 2, Math.hypot(...all.map(norm))))],
  ])("with %j steps on clipped gradients", (options, clip) => {
    const got = walk(makeOptimizer(Class, { ...plain, ...options }), fresh());
    expectClose(got, walk(makeOptimizer(Class, plain), fresh(), clip));
  });

  it("with `weightDecay` adds λ·w to gradients, or decays by itself", () => {
    const got = walk(makeOptimizer(Class, { weightDecay: 0.3 }), fresh());
    const added = walk(makeOptimizer(Class, plain), fresh(), (all, parameters) =>
      all.map((g, p) => g.map((v, i) => v + 0.3 * parameters[p].value.data[i])),
    );
    if (decoupled.includes(type)) expect(got[6]).not.toEqual(added[6]);
    else expectClose(got, added);
    expect(got[6]).not.toEqual(walk(makeOptimizer(Class, plain), fresh())[6]);
  });

  it("with `accumulate` steps on the means of gradients", () => {
    const [mine, theirs] = [fresh(), fresh()];
    const [gathering, stepping] = [
      makeOptimizer(Class, { ...plain, accumulate: 2 }),
      makeOptimizer(Class, plain),
    ];
    for (let step = 0; step < 6; step++) {
      const [one, two] = [gradients(mine, 2 * step), gradients(mine, 2 * step + 1)];
      for (const part of [one, two]) {
        for (const [p, g] of part.entries()) mine[p].grad.data.set(g);
        gathering.step(mine);
      }
      for (const [p, { grad }] of theirs.entries()) grad.data.set(one[p].map((v, i) => (v + two[p][i]) / 2));
      stepping.step(theirs);
      expect(valuesOf(mine)).toEqual(valuesOf(theirs));
    }
  });

  it("with `average` follows the weights, or is one itself", () => {
    if (type === "ScheduleFree") {
      expect(() => makeOptimizer(Class, { average: 0.5 })).toThrow(
        /^ScheduleFree expects `average` to be left out, since x is an average already, but got 0\.5/,
      );
      return;
    }
    const parameters = fresh();
    const optimizer = makeOptimizer(Class, { average: 0.5 });
    const weights = walk(optimizer, parameters);
    expect(weights).toEqual(walk(makeOptimizer(Class), fresh()));
    const [first, ...others] = weights.map((w) => w.flat());
    const mean = others.reduce((a, w) => a.map((v, i) => v + 0.5 * (w[i] - v)), first);
    optimizer.useAverages(parameters);
    for (const [i, w] of valuesOf(parameters).flat().entries()) expect(w).toBeCloseTo(mean[i], 12);
  });

  it("with `groups` is as one optimizer for each, or refuses them", () => {
    const rate = Class.example.learningRate as number;
    const settings = {
      learningRate: (at: number) => rate / (at + 2),
      weightDecay: 0.3,
      clipValue: 2,
      clipNorm: 3,
    };
    const groups = [{ match: /b$/, ...settings }];
    if (type === "LBFGS") {
      expect(() => makeOptimizer(Class, { groups })).toThrow(
        /^LBFGS expects `groups` to be left out, since all parameters take one step together, but got/,
      );
      return;
    }
    const parameters = fresh();
    const got = walk(makeOptimizer(Class, { groups, weightDecay: 0.1 }), parameters);
    const [a, b] = fresh();
    const alone = walk(makeOptimizer(Class, { weightDecay: 0.1 }), [a]);
    // The second one's gradients are those that it has beside the first.
    const second = makeOptimizer(Class, settings);
    const other = Array.from({ length: 7 }, (_, step) => {
      b.grad.data.set(gradients(parameters, step)[1]);
      second.step([b]);
      return [...b.value.data];
    });
    expect(got).toEqual(alone.map(([w], i) => [w, other[i]]));
  });
});
