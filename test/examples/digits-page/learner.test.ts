import { expect, it } from "vitest";
import { Course, pieceSize } from "../../../examples/digits-page/learn/training/course.js";
import { Learner } from "../../../examples/digits-page/learn/training/learner.js";
import type { Descent, Settings } from "../../../examples/digits-page/learn/training/settings.js";
import { shapes } from "../../../examples/digits-page/playground/data/plane.js";
import { planeTask } from "../../../examples/digits-page/playground/data/plane-task.js";
import { Random } from "../../../src/random.js";

const settings: Settings = {
  ...{ hidden: [8, 8], activation: "Tanh", loss: "crossEntropy", optimizer: "Adam" },
  ...{ learningRate: 0.01, descent: "mini-batch", batchSize: 16, seed: 1 },
};
const spiral = () => planeTask({ shape: "spiral", noise: 0.1, pointSeed: 1, features: ["x", "y"] });

it("goes through all examples once in every pass, in another order each time", () => {
  const course = new Course(10, 4, Random.fromSeed(3));
  const passes = [0, 1].map(() => {
    const places: number[] = [];
    for (let i = 0; i < 3; i++, course.advance()) places.push(...course.batch);
    return places;
  });
  for (const places of passes) expect([...places].sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
  expect(passes[0]).not.toEqual(passes[1]);
});

it.each([
  [8192, 512],
  [300, 300],
  [1, 1],
  [1000, 500],
])("cuts a step of %i examples into pieces of %i", (batch, piece) => {
  expect(pieceSize(batch)).toBe(piece);
});

it.each(["batch", "mini-batch", "stochastic"] as const)(
  "looks at the examples of a step one by one, to the same weights: %s",
  (descent: Descent) => {
    const [whole, single] = [0, 1].map(() => new Learner({ ...settings, descent }, spiral()));
    for (let i = 0; i < 2; i++) {
      whole.update();
      while (single.look().after === undefined);
    }
    expect(single.counts).toMatchObject({ steps: 2, seen: whole.counts.seen });
    expect(single.built.model.getWeights()).toEqual(whole.built.model.getWeights());
  },
);

it("leaves the weights alone until a step has all of its examples", () => {
  const learner = new Learner(settings, spiral());
  const before = learner.built.model.getWeights();
  for (let i = 1; i < 16; i++) {
    expect(learner.look()).toMatchObject({ gathered: i, of: 16 });
    expect(learner.built.model.getWeights()).toEqual(before);
  }
  expect(learner.look().after).toHaveLength(1);
  expect(learner.built.model.getWeights()).not.toEqual(before);
});

it.each(shapes)("tells the colours of $label apart", ({ name }) => {
  const task = planeTask({ shape: name, noise: 0.1, pointSeed: 1, features: ["x", "y"] });
  const learner = new Learner(settings, task);
  for (let i = 0; i < 3000; i++) learner.update();
  expect(learner.measure().accuracy).toBeGreaterThan(0.95);
});

it("says what to do where numbers leave all bounds", () => {
  const wild: Settings = { ...settings, hidden: [8], activation: "linear", optimizer: "SGD" };
  const learner = new Learner({ ...wild, loss: "squaredError", learningRate: 10 }, spiral());
  learner.built.model.parameters[0].value.data.fill(Number.POSITIVE_INFINITY);
  expect(() => learner.measure()).toThrow(/Lower the learning rate/);
});
