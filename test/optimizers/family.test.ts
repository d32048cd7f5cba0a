import { Adagrad, Adam, LAMB, Matrix, Muon, NAdam, Random, RMSprop, Rprop } from "chainrule";
import { describe, expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/select.js";
import { orthogonalize } from "../../src/optimizers/newton-schulz.js";
import { makeOptimizer } from "../support/optimizer-laws.js";
import { optimizerClasses } from "../support/subjects.js";
import { parameterOf } from "./support.js";

describe.each(optimizerClasses.map((Class) => [Class.type, Class] as const))("%s", (_, Class) => {
  it.each(["float32", "float64"] as const)("rests where gradients are 0, %s", (dtype) => {
    const parameters = [parameterOf([1, -2], "a", dtype), parameterOf([0, 0], "b", dtype)];
    const optimizer = makeOptimizer(Class, { weightDecay: 0 });
    for (let i = 0; i < 4; i++) optimizer.step(parameters, () => 0);
    expect([...parameters[0].value.data, ...parameters[1].value.data]).toEqual([1, -2, 0, 0]);
  });

  it("stays finite at gradients from 1e-30 to 1e30 in float64", () => {
    const w = parameterOf([1, 1, 1, 1]);
    const optimizer = makeOptimizer(Class);
    for (const sign of [1, 1, -1, 1]) {
      w.grad.data.set([1e-30, 1e-3, 1e3, 1e30].map((g) => sign * g));
      optimizer.step([w], () => 0);
    }
    expect([...w.value.data].every(Number.isFinite)).toBe(true);
  });

  it("decays weights, where there are some and no gradients", () => {
    const w = parameterOf([4]);
    w.grad.data.fill(0);
    makeOptimizer(Class, { weightDecay: 0.5, learningRate: 0.1 }).step([w], () => 0);
    expect(w.value.data[0]).toBeLessThan(4);
    expect(w.value.data[0]).toBeGreaterThan(0);
  });
});

it.each([
  ["Adagrad", { lrDecay: -1 }],
  ["Adagrad", { initialAccumulator: -1 }],
  ["Adagrad", { epsilon: 0 }],
  ["Adadelta", { rho: 1 }],
  ["Adam", { amsgrad: 1 }],
  ["Adamax", { beta1: 1 }],
  ["AdamW", { weightDecay: -0.1 }],
  ["LAMB", { epsilon: Number.NaN }],
  ["Lion", { beta2: 1 }],
  ["Lion", { epsilon: 1e-8 }],
  ["Muon", { momentum: 1 }],
  ["Muon", { amsgrad: true }],
  ["NAdam", { momentumDecay: Infinity }],
  ["RAdam", { beta2: -1 }],
  ["RMSprop", { alpha: 1 }],
  ["RMSprop", { centered: "yes" }],
  ["Rprop", { etaMinus: 1 }],
  ["Rprop", { etaPlus: 1 }],
  ["Rprop", { minStep: 1, maxStep: 0.5 }],
  ["ScheduleFree", { method: "Adam" }],
  ["LBFGS", { history: 0 }],
  ["LBFGS", { lineSearch: "wolfe" }],
  ["LBFGS", { groups: [] }],
])("%s refuses %j", (type, options) => {
  const Class = optimizerClasses.find((one) => one.type === type);
  expect(() => new (Class as (typeof optimizerClasses)[number])(options as never)).toThrow(
    `${type} expects `,
  );
});

it("takes each a rate of its own by default", () => {
  const rates = optimizerClasses
    .filter(({ type }) => !/SGD|GradientDescent/.test(type))
    .map((Class) => [Class.type, new Class({} as never).learningRate]);
  expect(Object.fromEntries(rates)).toEqual({
    Adadelta: 1,
    Adagrad: 0.01,
    Adam: 0.001,
    AdamW: 0.001,
    Adamax: 0.002,
    LAMB: 0.001,
    LBFGS: 1,
    Lion: 0.0001,
    Muon: 0.001,
    NAdam: 0.002,
    RAdam: 0.001,
    RMSprop: 0.01,
    Rprop: 0.01,
    ScheduleFree: 0.0025,
  });
});

describe("by hand", () => {
  const walkOf = (
    optimizer: { step(p: [ReturnType<typeof parameterOf>]): void },
    start: number,
    gradients: number[],
  ) => {
    const w = parameterOf([start]);
    return gradients.map((g) => {
      w.grad.data.set([g]);
      optimizer.step([w]);
      return w.value.data[0];
    });
  };

  it("Adagrad divides by the root of all squares", () => {
    const walk = walkOf(new Adagrad({ learningRate: 1, epsilon: 1e-30 }), 0, [3, 4]);
    expect(walk).toEqual([-1, -1 - 4 / 5]);
    expect(walkOf(new Adagrad({ learningRate: 1, initialAccumulator: 16, epsilon: 1e-30 }), 0, [3])).toEqual([
      -3 / 5,
    ]);
  });

  it("Rprop grows, shrinks and waits; a schedule scales its steps", () => {
    // steps 1, 1.2, then 0.6 with the gradient taken for 0, then 0.6
    const walk = walkOf(new Rprop({ learningRate: 1 }), 0, [1, 2, -1, -1]);
    for (const [i, w] of [-1, -2.2, -2.2, -1.6].entries()) expect(walk[i]).toBeCloseTo(w, 12);
    const halved = walkOf(new Rprop({ learningRate: (at) => 0.5 ** at }), 0, [1, 2]);
    expect(halved[1]).toBeCloseTo(-1 - 0.5 * 1.2, 12);
    expect(new Rprop().batches).toBe("full");
  });

  it("LAMB steps by η·‖w‖, and by η·r from 0", () => {
    expect(walkOf(new LAMB({ learningRate: 0.5, weightDecay: 0 }), 4, [7])[0]).toBeCloseTo(4 - 0.5 * 4, 12);
    expect(walkOf(new LAMB({ learningRate: 0.5, weightDecay: 0 }), 0, [7])[0]).toBeCloseTo(-0.5, 6);
  });

  it("RMSprop, centered, takes a variance below 0 for 0", () => {
    const w = parameterOf(new Array<number>(20).fill(0), "w", "float32");
    const optimizer = new RMSprop({ centered: true, alpha: 0.5 });
    for (let step = 0; step < 100; step++) {
      for (let i = 0; i < 20; i++) w.grad.data[i] = 0.1 * (i + 1);
      optimizer.step([w]);
    }
    expect([...w.value.data].every(Number.isFinite)).toBe(true);
  });

  it("Adam with amsgrad remembers the largest v", () => {
    const gradients = [100, ...new Array<number>(20).fill(1)];
    const plain = walkOf(new Adam({ beta2: 0.1 }), 0, gradients);
    const largest = walkOf(new Adam({ beta2: 0.1, amsgrad: true }), 0, gradients);
    const last = (walk: number[]) => Math.abs(walk[20] - walk[19]);
    expect(last(largest)).toBeLessThan(0.1 * last(plain));
  });

  it("NAdam keeps the product of its μ", () => {
    const optimizer = new NAdam({ momentumDecay: 0, beta1: 0.5 });
    walkOf(optimizer, 0, [1, 1]);
    expect(optimizer.scalars.product).toBe(0.25 * 0.25);
  });
});

describe("Muon", () => {
  it("brings singular values near 1 in five steps", () => {
    const g = new Matrix(3, 3, Float64Array.of(3, 0, 0, 0, 0.5, 0, 0, 0, 0.1));
    const { data: o } = orthogonalize(kernelsFor("float64"), g);
    for (const i of [0, 4, 8]) expect(o[i]).toSatisfy((s: number) => s > 0.65 && s < 1.25);
    for (const i of [1, 2, 3, 5, 6, 7]) expect(o[i]).toBe(0);
  });

  it("does the same to a matrix, its transpose, and its multiples", () => {
    const random = Random.fromSeed(3);
    const g = new Matrix(
      3,
      5,
      Float64Array.from({ length: 15 }, (_, i) => random.normal(i)),
    );
    const [wide, tall, large] = [g.map((w) => w), g.transpose(), g.map((w) => 1e6 * w)].map(
      (matrix) => orthogonalize(kernelsFor("float64"), matrix).data,
    );
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 5; c++) {
        expect(tall[c * 3 + r]).toBeCloseTo(wide[r * 5 + c], 12);
        expect(large[r * 5 + c]).toBeCloseTo(wide[r * 5 + c], 5);
      }
    }
  });

  it("takes one row and one column by AdamW", () => {
    const muon = new Muon();
    const bias = parameterOf([1, 2]);
    bias.grad.data.set([1, 1]);
    muon.step([bias]);
    expect(muon.slotNames(bias)).toEqual(["m", "v"]);
  });
});
