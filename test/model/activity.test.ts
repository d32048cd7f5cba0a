import {
  ActivityRegularization,
  Dense,
  Matrix,
  meanSquaredError,
  Parallel,
  Residual,
  Sequential,
  SGD,
} from "chainrule";
import { expect, it } from "vitest";

const ones = (w: Matrix) => void w.data.fill(1);
const x = Matrix.from([
  [1, -2],
  [3, 0.5],
]);
const y = Matrix.from([[1], [2]]);
const weight = Matrix.from([[2], [0.5]]);

function model(
  wrap: (layer: ActivityRegularization) => ConstructorParameters<typeof Sequential>[0][number] = (l) => l,
) {
  const layer = new ActivityRegularization({ l1: 0.1, l2: 0.01 });
  return new Sequential([wrap(layer), new Dense({ units: 1, useBias: false, weightInitializer: ones })], {
    input: [2],
  }).compile({
    loss: meanSquaredError(),
    optimizer: new SGD({ learningRate: 0.1 }),
  });
}
// λ₁·Σ|x| + λ₂·Σx² of the two rows, and their squared errors (Σx − y)².
const penalties = [0.1 * 3 + 0.01 * 5, 0.1 * 3.5 + 0.01 * 9.25];
const errors = [(-1 - 1) ** 2, (3.5 - 2) ** 2];

it.each([
  ["by itself", (l: ActivityRegularization) => l],
  ["in a nested model", (l: ActivityRegularization) => new Sequential([l])],
  [
    "in a branch of a residual",
    (l: ActivityRegularization) =>
      new Parallel({ branches: [[l], [new Residual({ layers: [] })]], merge: "average" }),
  ],
] as const)("is a part of each row's loss, %s", async (_, wrap) => {
  // The residual of nothing doubles x: (x + 2x) / 2.
  const isDoubled = wrap(new ActivityRegularization()) instanceof Parallel;
  const own = isDoubled ? [(-1.5 - 1) ** 2, (5.25 - 2) ** 2] : errors;
  const even = (own[0] + own[1] + penalties[0] + penalties[1]) / 2;
  const weighted = (2 * (own[0] + penalties[0]) + 0.5 * (own[1] + penalties[1])) / 2.5;
  const fresh = () => model(wrap);
  expect((await fresh().evaluate({ x, y })).loss).toBeCloseTo(even, 5);
  expect((await fresh().evaluate({ x, y, sampleWeight: weight })).loss).toBeCloseTo(weighted, 5);
  expect(fresh().trainBatch(x, y)).toBeCloseTo(even, 5);
  expect(fresh().trainBatch(x, y, weight)).toBeCloseTo(weighted, 5);
  const { loss } = await fresh().fit({ x, y, sampleWeight: weight }, { batchSize: 1, shuffle: false });
  expect(Number.isFinite(loss[0])).toBe(true);
});

it("pulls the weights below it as its derivative says", () => {
  const below = new Sequential(
    [
      new Dense({ units: 2, useBias: false, weightInitializer: (w) => w.data.set([1, 0, 0, 1]) }),
      new ActivityRegularization({ l1: 0.1, l2: 0.01 }),
      new Dense({ units: 1, useBias: false, weightInitializer: (w) => void w.data.fill(0) }),
    ],
    { input: [2] },
  ).compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 1 }) });
  below.trainBatch(x, y, weight);
  // The last layer's weights are 0, so only the penalty reaches the first: Σ w·xᵀ·(λ₁ sign x + 2 λ₂ x) / Σ w
  const d = x.map((v) => 0.1 * Math.sign(v) + 0.02 * v).mul(weight.matmul(Matrix.from([[1, 1]])));
  const expected = Matrix.identity(2).sub(x.transpose().matmul(d).div(2.5));
  expect(below.getWeights()["0.weight"].isClose(expected, { atol: 1e-6 })).toBe(true);
});

it("is the same in pieces of a whole batch", async () => {
  const rows = { x: Matrix.zeros(1300, 2).map((_, r, c) => Math.sin(r + c)), y: Matrix.zeros(1300, 1) };
  const [pieces, one] = [model(), model()];
  await pieces.fit(rows, { batchSize: "full" });
  one.trainBatch(rows.x, rows.y);
  expect(pieces.getWeights()["1.weight"].isClose(one.getWeights()["1.weight"], { atol: 1e-6 })).toBe(true);
});

it("has the same gradients where memory grows in the midst of a step", () => {
  const wide = new Sequential(
    [new Dense({ units: 6000 }), new ActivityRegularization({ l2: 0.1 }), new Dense({ units: 1 })],
    { input: [4], seed: 1 },
  ).compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0 }) });
  const rows = Matrix.zeros(50, 4).map((_, r, c) => Math.sin(r + c));
  const gradients = () => {
    wide.trainBatch(rows, Matrix.zeros(50, 1));
    return wide.gradients.copy().data;
  };
  const first = gradients();
  expect(gradients()).toEqual(first);
});
