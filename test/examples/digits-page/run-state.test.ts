import { expect, it } from "vitest";
import { compare, type Side } from "../../../examples/digits-page/learn/training/compare.js";
import { curvesOf } from "../../../examples/digits-page/learn/training/curves.js";
import type { Point, Report } from "../../../examples/digits-page/learn/training/protocol.js";
import { at, newRun, type RunState, reduce } from "../../../examples/digits-page/learn/training/run-state.js";
import type { Settings } from "../../../examples/digits-page/learn/training/settings.js";

const point = (seconds: number, steps: number, accuracy = 0.5): Point => ({
  ...{ seconds, steps, seen: 8 * steps, accuracy },
  ...{ loss: 1 - accuracy, trainLoss: 0.5, trainAccuracy: 0.7 },
});
const progress = (run: number, now: Point, speed?: number): Report => ({
  ...{ kind: "progress", run, point: now },
  ...(speed !== undefined && { speed }),
});

it("follows the reports of its run, and of no other", () => {
  const state = reduce(newRun(2), { kind: "built", run: 2, parameters: 17, examples: 300 });
  expect(state).toMatchObject({ status: "building", parameters: 17, examples: 300 });
  expect(reduce(state, progress(1, point(0, 0)))).toBe(state);
  const next = reduce(state, progress(2, point(0, 0)));
  expect(next).toMatchObject({ status: "ready", history: [point(0, 0)] });
  expect(reduce(next, { kind: "failed", run: 2, message: "no" })).toMatchObject({
    ...{ status: "failed", problem: "no", isRunning: false },
  });
});

it("has one point for each place of the curve, and thins out a long one", () => {
  let state: RunState = newRun(1);
  for (let i = 0; i < 2; i++) state = reduce(state, progress(1, point(0, 0)));
  expect(state.history).toHaveLength(1);
  for (let i = 1; i < 5000; i++) state = reduce(state, progress(1, point(i, i)));
  expect(state.history.length).toBeLessThanOrEqual(601);
  expect(state.history.length).toBeGreaterThan(250);
  expect([state.history[0].steps, state.history.at(-1)?.steps]).toEqual([0, 4999]);
  expect(at(state.history, 1000)?.steps).toBeLessThanOrEqual(1000);
});

it("smooths the speed", () => {
  const state = [1000, 2000, 2000].reduce(
    (before, speed, i) => reduce(before, progress(1, point(i, i), speed)),
    newRun(1),
  );
  expect(state.speed).toBeCloseTo(1360);
});

it("lays the points of two runs over one axis", () => {
  const [a, b] = [
    [point(0, 0, 0.1), point(2, 1, 0.2)],
    [point(0, 0, 0.1), point(1, 100, 0.6)],
  ];
  expect(curvesOf([a, b], "seconds", ["accuracy", "trainAccuracy"], false)).toEqual([
    ...[
      [0, 1, 2],
      [0.1, null, 0.2],
      [0.7, null, 0.7],
      [0.1, 0.6, null],
      [0.7, 0.7, null],
    ],
  ]);
  expect(curvesOf([a, b], "steps", ["accuracy", "trainAccuracy"], true)[0]).toEqual([1, 100]);
});

const settings: Settings = {
  ...{ hidden: [4], activation: "Tanh", loss: "crossEntropy", optimizer: "SGD" },
  ...{ learningRate: 0.1, descent: "batch", batchSize: 8, seed: 1 },
};

it("explains what two runs did in the same time", () => {
  const a: Side = { name: "A", settings, history: [point(0, 0), point(3, 12, 0.41)], examples: 8192 };
  const other: Settings = { ...settings, descent: "stochastic", learningRate: 0.01 };
  const history = [point(0, 0), point(2.9, 40_000, 0.93), point(6, 80_000, 0.95)];
  const text = compare(a, { name: "B", settings: other, history, examples: 8192 }).join(" ");
  expect(text).toContain(
    "In the same 3.0 seconds of training, A (batch gradient descent) took 12 steps, " +
      "B (stochastic gradient descent) took 40,000 steps.",
  );
  expect(text).toContain("all 8,192 examples");
  expect(text).toContain("one example: a noisy direction, but a cheap one, so that it took 3,333 times");
  expect(text).toContain("A reads 41.0\u00a0%, B 93.0\u00a0%");
  expect(text).toContain("the kind of gradient descent and the learning rate; both began with the same");
});

it("has nothing to compare before both have begun", () => {
  const side: Side = { name: "A", settings, history: [point(0, 0)], examples: 8192 };
  expect(compare(side, { ...side, name: "B" })).toEqual([]);
});
