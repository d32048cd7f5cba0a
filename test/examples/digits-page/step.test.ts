import { Dense, Dropout, Matrix, ReLU, Sequential, Softmax, Tanh } from "chainrule";
import { expect, it } from "vitest";
import { readable } from "../../../examples/digits-page/think/step/readable.js";
import { type Step, stepOf } from "../../../examples/digits-page/think/step/step.js";
import { touching } from "../../../examples/digits-page/think/step/touching.js";
import { mainUnit, unitOf } from "../../../examples/digits-page/think/step/unit.js";

const pixels = new Float32Array(784).map((_, i) => (i % 3 === 0 ? (i % 7) / 7 : 0));

const network = (...end: Softmax[]) =>
  readable(
    new Sequential(
      [
        new Dense({ units: 12 }),
        new Tanh(),
        new Dropout({ rate: 0.2 }),
        new Dense({ units: 6 }),
        new ReLU(),
        new Dense({ units: 10 }),
        ...end,
      ],
      { input: [784], seed: 5 },
    ),
  );

const near = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], 6);
};

it.each([
  ["logits", network()],
  ["a last Softmax", network(new Softmax())],
])("shows what predict says, and the loss of it: %s", (name, model) => {
  const step = stepOf(model, pixels, 3);
  const said = model.predict(new Matrix(1, 784, pixels));
  near(name === "logits" ? step.stages[2].a : step.probabilities, said.data);
  expect([...step.probabilities].reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
  expect(step.winner).toBe(said.argmax("rows").data[0]);
  expect(step.loss).toBeCloseTo(-Math.log(step.probabilities[3]), 5);
  expect(step.stages.map(({ layers }) => layers.join(" "))).toEqual(["Dense Tanh", "Dense ReLU", "Dense"]);
});

it.each([
  ["logits", network()],
  ["a last Softmax", network(new Softmax())],
])("has the gradient p − t at the output, and the slope of the loss everywhere: %s", (_, model) => {
  const step = stepOf(model, pixels, 3);
  near(
    step.stages[2].dz ?? [],
    step.probabilities.map((p, digit) => p - (digit === 3 ? 1 : 0)),
  );
  const lossAt = (change: (weights: Record<string, { data: Float32Array }>) => void) => {
    const copy = readable(model.clone());
    const weights = copy.getWeights() as unknown as Record<string, { data: Float32Array }>;
    change(weights);
    copy.setWeights(weights as never);
    return stepOf(copy, pixels, 3).loss ?? 0;
  };
  const h = 0.01;
  for (const [stage, layer] of [0, 3, 5].entries()) {
    const { unit } = mainUnit(step, stage, true);
    const { dz } = unitOf(step, { stage, unit });
    const shifted = (by: number) =>
      lossAt((weights) => {
        weights[`${layer}.bias`].data[unit] += by;
      });
    expect((shifted(h) - shifted(-h)) / (2 * h)).toBeCloseTo(dz ?? Number.NaN, 3);
  }
});

it("finds the strongest connections of either sign", () => {
  const { flow, stages } = stepOf(network(), pixels, 3);
  const { x, weight } = stages[1];
  const all = Array.from({ length: weight.rows * weight.cols }, (_, i) => {
    const from = Math.floor(i / weight.cols);
    return x[from] * weight.data[i];
  });
  expect(flow[1].length).toBe(all.filter((value) => value !== 0).length);
  for (const edge of flow[1]) {
    expect(edge.value).toBeCloseTo(x[edge.from] * weight.at(edge.from, edge.to), 6);
  }
  const sizes = flow[0].map(({ value }) => Math.abs(value));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(flow[0].filter(({ value }) => value > 0).length).toBe(90);
  expect(flow[0].filter(({ value }) => value < 0).length).toBe(90);
});

it("says of a unit what adds up to it", () => {
  const step = stepOf(network(), pixels, 3);
  const unit = unitOf(step, { stage: 1, unit: 4 }, 12);
  const sum = unit.inputs.reduce((total, { value }) => total + value, unit.bias ?? 0);
  expect(unit.z).toBeCloseTo(sum, 5);
  expect(unit.a).toBe(Math.max(0, unit.z));
  for (const { from, value } of unit.inputs) {
    expect(value).toBeCloseTo(step.stages[1].x[from] * unit.weights[from], 6);
  }
});

it("follows the answer back along what made it", () => {
  const { path, winner, stages } = stepOf(network(), pixels, 3);
  expect(new Set(path[2].map(({ to }) => to))).toEqual(new Set(path[2].map(() => winner)));
  for (const k of [0, 1]) {
    const reached = new Set(path[k + 1].map(({ from }) => from));
    const { a } = stages[k];
    expect(path[k].every(({ to, value }) => reached.has(to) && value * a[to] > 0)).toBe(true);
  }
});

it("has the connections of a unit into it and out of it", () => {
  const step = stepOf(network(), pixels, 3);
  const [into, out] = touching(step, { stage: 0, unit: 5 });
  expect([into.stage, out.stage]).toEqual([0, 1]);
  expect(into.flow.every(({ to }) => to === 5)).toBe(true);
  expect(out.carry.every(({ from }) => from === 5)).toBe(true);
  expect(touching(step, { stage: 2, unit: 0 }).length).toBe(1);
});

it("has no way back without a label", () => {
  const step: Step = stepOf(network(), pixels);
  expect([step.loss, step.byPixel, step.stages[0].dz]).toEqual([undefined, undefined, undefined]);
  expect(step.carry.flat()).toEqual([]);
});

it("reads the empty paper too", () => {
  const step = stepOf(network(), new Float32Array(784), 0);
  expect(step.flow[0]).toEqual([]);
  expect(step.change[0]).toEqual([]);
  expect(Number.isFinite(step.loss)).toBe(true);
});

it("refuses what does not read digits, in plain words", () => {
  const small = new Sequential([new Dense({ units: 10 })], { input: [4] });
  expect(() => readable(small)).toThrow("This model does not take pictures of 28 × 28 pixels.");
  const three = new Sequential([new Dense({ units: 3 })], { input: [784] });
  expect(() => readable(three)).toThrow("This model does not end in a Dense layer with ten outputs.");
  const wide = new Sequential([new Dense({ units: 2000 }), new Dense({ units: 10 })], { input: [784] });
  expect(() => readable(wide)).toThrow(/^This model is too large to be drawn/);
});
