import { Adam, type DType, GradientDescent, type Optimizer, SGD, stepDecay } from "chainrule";
import { describe, expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/select.js";
import { Parameter } from "../../src/parameter.js";
import { matrixOf } from "../kernels/compare.js";

const parameterOf = (numbers: number[], dtype: DType = "float64") =>
  new Parameter("w", matrixOf(1, numbers.length, numbers, dtype), kernelsFor(dtype));

/** What becomes of w under these gradients, one a step. */
function walk(
  optimizer: Optimizer,
  start: number[],
  gradients: readonly number[][],
  dtype: DType = "float64",
) {
  const w = parameterOf(start, dtype);
  return gradients.map((g) => {
    w.grad.data.set(g);
    optimizer.step([w]);
    return [...w.value.data];
  });
}

describe("SGD", () => {
  it("goes down the gradient", () => {
    expect(
      walk(
        new SGD({ learningRate: 0.5 }),
        [1, 2],
        [
          [1, -1],
          [2, 0],
        ],
      ),
    ).toEqual([
      [0.5, 2.5],
      [-0.5, 2.5],
    ]);
  });

  it("keeps a velocity: v = μ·v + g, w −= η·v", () => {
    const optimizer = new SGD({ learningRate: 1, momentum: 0.5 });
    expect(walk(optimizer, [0], [[1], [1], [0], [0]])).toEqual([[-1], [-2.5], [-3.25], [-3.625]]);
  });

  it("looks ahead with Nesterov: w −= η·(g + μ·v)", () => {
    const optimizer = new SGD({ learningRate: 1, momentum: 0.5, nesterov: true });
    expect(walk(optimizer, [0], [[1], [1], [0]])).toEqual([[-1.5], [-3.25], [-3.625]]);
  });

  it("needs a momentum for Nesterov, and a learning rate", () => {
    expect(() => new SGD({ learningRate: 1, nesterov: true })).toThrow(
      /^SGD expects a `momentum` with nesterov/,
    );
    expect(() => new SGD({} as never)).toThrow(/^SGD expects a `learningRate`, but got none\. Try 0\.01\.$/);
  });

  it("decays weights by λ·w in the gradient, as PyTorch does", () => {
    expect(walk(new SGD({ learningRate: 0.5, weightDecay: 0.5 }), [4], [[1], [0]])).toEqual([[2.5], [1.875]]);
  });
});

describe("GradientDescent", () => {
  it("has the rule of plain SGD, and takes whole batches", () => {
    const optimizer = new GradientDescent({ learningRate: 0.5 });
    expect(walk(optimizer, [1], [[1], [2]])).toEqual([[0.5], [-0.5]]);
    expect([optimizer.batches, new SGD({ learningRate: 1 }).batches]).toEqual(["full", "any"]);
  });
});

describe("Adam", () => {
  it("steps by η at first, whatever the size of the gradient", () => {
    const [first] = walk(new Adam({ learningRate: 0.125, epsilon: 1e-30 }), [1, 1, 1], [[1e-6, -1e6, 3]]);
    for (const [i, w] of first.entries()) expect(w).toBeCloseTo(1 - [0.125, -0.125, 0.125][i], 12);
  });

  it("stays where the gradient is 0, from the first step on", () => {
    for (const dtype of ["float32", "float64"] as const) {
      expect(
        walk(
          new Adam(),
          [1, -2],
          [
            [0, 0],
            [0, 0],
          ],
          dtype,
        ).at(-1),
      ).toEqual([1, -2]);
    }
  });

  it("has η 0.001, β 0.9 and 0.999 and ε 1e-8 by default", () => {
    const gradients = [[0.3], [-2], [1e-9], [4]];
    const named = new Adam({ learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    expect(walk(new Adam(), [1], gradients)).toEqual(walk(named, [1], gradients));
    expect(walk(new Adam({ epsilon: 1e-3 }), [1], gradients)).not.toEqual(walk(named, [1], gradients));
  });

  it("keeps running products of β, not powers", () => {
    const adam = new Adam({ beta1: 0.7, beta2: 0.9 });
    walk(adam, [1], [[1], [1], [1]]);
    expect(adam.scalars).toEqual({
      steps: 3,
      beta1Power: 1 * 0.7 * 0.7 * 0.7,
      beta2Power: 1 * 0.9 * 0.9 * 0.9,
    });
  });

  it.each([{ beta1: 1 }, { beta2: -0.1 }, { epsilon: 0 }, { learningRate: Number.NaN }, { beta: 0.9 }])(
    "refuses %j",
    (options) => {
      expect(() => new Adam(options as never)).toThrow(/^Adam expects /);
    },
  );
});

describe("a momentum by schedule", () => {
  const halves = (step: number) => [0.5, 0, 0.25][step];

  it("is asked once a step, and may be 0", () => {
    const asked: number[] = [];
    const momentum = (step: number) => {
      asked.push(step);
      return halves(step);
    };
    // v = 1, 0·1 + 1, ¼·1 + 1
    expect(walk(new SGD({ learningRate: 1, momentum }), [0], [[1], [1], [1]])).toEqual([[-1], [-2], [-3.25]]);
    walk(new Adam({ beta1: momentum }), [0], [[1], [1], [1]]);
    expect(asked).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it("keeps Adam's m̂ a mean of the gradients: equal ones make steps of η", () => {
    const optimizer = new Adam({ learningRate: 0.125, beta1: halves, epsilon: 1e-30 });
    const steps = walk(optimizer, [1], [[3], [3], [3]]).map(([w]) => w);
    for (const [i, w] of steps.entries()) expect(w).toBeCloseTo(1 - 0.125 * (i + 1), 12);
    // 0.5·0.5 of the first, then nothing of it: m = g₂, then ¼·g₂ + ¾·g₃
    const plain = { learningRate: 1, beta2: 0, epsilon: 1e-30 };
    const walked = walk(new Adam({ ...plain, beta1: halves }), [0], [[4], [2], [-1]]).map(([w]) => w);
    expect(walked[1] - walked[0]).toBeCloseTo(-1, 12);
    expect(walked[2] - walked[1]).toBeCloseTo(-(0.25 * 2 + 0.75 * -1), 12);
  });

  it.each([1, -0.1, Number.NaN, "0.9"])("is never %s", (momentum) => {
    const w = [1];
    for (const optimizer of [
      new SGD({ learningRate: 1, momentum: () => momentum as never }),
      new Adam({ beta1: () => momentum as never }),
    ]) {
      expect(() => walk(optimizer, w, [[1]])).toThrow(
        /^A schedule expects to return a number from 0 up to, but not including, 1, but got .* at step 0/,
      );
    }
    expect(() => new SGD({ learningRate: 1, momentum: momentum as never })).toThrow(
      /^SGD expects `momentum` to be a number from 0 up to, but not including, 1, or a schedule/,
    );
  });
});

describe("the learning rate", () => {
  it("follows its schedule by finished steps, and can be changed between steps", () => {
    const optimizer = new SGD({ learningRate: stepDecay({ initial: 1, every: 2, factor: 0.5 }) });
    const ones = [[1], [1], [1], [1], [1]];
    expect(walk(optimizer, [0], ones)).toEqual([[-1], [-2], [-2.5], [-3], [-3.25]]);
    optimizer.learningRate = 2;
    expect(walk(optimizer, [0], [[1]])).toEqual([[-2]]);
    expect(optimizer.steps).toBe(6);
  });

  it.each([-1, Number.NaN, Infinity, "0.1"])("is never %s", (rate) => {
    expect(() => new SGD({ learningRate: rate as never })).toThrow(/^SGD expects `learningRate` to be /);
    const optimizer = new SGD({ learningRate: 1 });
    expect(() => {
      optimizer.learningRate = rate as never;
    }).toThrow(/^SGD expects `learningRate` to be /);
    expect(optimizer.learningRate).toBe(1);
    const bad = new SGD({ learningRate: () => rate as never });
    expect(() => walk(bad, [0], [[1]])).toThrow(/^A schedule expects to return a finite rate .* at step 0/);
  });
});
