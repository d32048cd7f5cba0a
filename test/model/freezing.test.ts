import {
  Adagrad,
  Adam,
  type Callback,
  Dense,
  l2,
  Matrix,
  NAdam,
  ScheduleFree,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  Tanh,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { inPieces, straight } from "../node/support/interrupted.js";
import { bits, blobs } from "./support/models.js";

const data = blobs();

function make({ learningRate = 0.1 } = {}) {
  const layers = [
    new Dense({ units: 6 }),
    new Tanh(),
    new Dense({ units: 5 }),
    new Tanh(),
    new Dense({ units: 3 }),
  ];
  const optimizer = new SGD({ learningRate });
  const model = new Sequential(layers, { input: [4], seed: 3 }).compile({
    loss: softmaxCrossEntropy(),
    optimizer,
  });
  return { model, optimizer };
}

const all = ["0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"];

function freeze(model: Sequential<string>, names: readonly string[]): void {
  for (const parameter of model.parameters) parameter.trainable = !names.includes(parameter.name);
}

/** The gradient of one step with nothing frozen. */
function wholeGradient(): Map<string, number[]> {
  const { model } = make();
  model.trainBatch(data.x, data.y);
  return new Map(model.parameters.map(({ name, grad }) => [name, [...grad.data]]));
}

describe.each([
  [["0.weight", "0.bias"]],
  [["0.weight", "0.bias", "2.weight", "2.bias"]],
  [["4.weight", "4.bias"]],
  [["2.weight", "4.bias"]],
  [["0.weight"]],
  [all],
])("with %j frozen", (frozen) => {
  it("those do not move and gather nothing, the others have the gradients that they always have", () => {
    const { model } = make();
    const before = model.getWeights();
    freeze(model, frozen);
    model.trainBatch(data.x, data.y);
    const gradients = wholeGradient();
    for (const { name, value, grad } of model.parameters) {
      const still = frozen.includes(name);
      expect(value.isClose(before[name], { rtol: 0, atol: 0 }), name).toBe(still);
      expect([...grad.data], name).toEqual(still ? Array.from(grad.data, () => 0) : gradients.get(name));
    }
  });
});

it("with everything frozen, fit measures and counts its steps", async () => {
  const { model, optimizer } = make();
  const before = bits(model);
  freeze(model, all);
  const { loss } = await model.fit(data, { epochs: 2, batchSize: "full" });
  expect(bits(model)).toEqual(before);
  expect(loss[1]).toBe(loss[0]);
  expect(loss[0]).toBeCloseTo((await model.evaluate(data)).loss, 12);
  expect(optimizer.steps).toBe(2);
});

it("a parameter can be frozen and freed between steps", () => {
  const { model } = make();
  const [first] = model.parameters;
  const moves = () => {
    const before = first.value.copy();
    model.trainBatch(data.x, data.y);
    return !first.value.isClose(before, { rtol: 0, atol: 0 });
  };
  expect(moves()).toBe(true);
  first.trainable = false;
  expect(moves()).toBe(false);
  first.trainable = true;
  expect(moves()).toBe(true);
});

it("a frozen parameter keeps its penalty in the loss, which gives it no gradient", () => {
  const dense = new Dense({ units: 3, weightRegularizer: l2({ lambda: 0.5 }) });
  const model = new Sequential([dense], { input: [4] }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new Adam({ globalClipNorm: 1 }),
  });
  const twin = model.clone().compile({ loss: softmaxCrossEntropy(), optimizer: new Adam() });
  const [weight] = model.parameters;
  weight.trainable = false;
  const before = weight.value.copy();
  expect(model.trainBatch(data.x, data.y)).toBe(twin.trainBatch(data.x, data.y));
  expect(weight.value.copy()).toEqual(before);
  expect(weight.grad.copy()).toEqual(Matrix.zeros(4, 3));
  expect(twin.parameters[0].value.copy()).not.toEqual(before);
});

it("only the lowest layer that trains is told that nobody wants ∂L/∂x, and the layers below it do not run", () => {
  /** A Dense layer that remembers whether ∂L/∂x was wanted. */
  class Asked extends Dense {
    readonly wanted: boolean[] = [];
    override backward(dy: Matrix): Matrix {
      this.wanted.push(this.context.wantsInputGradient);
      return super.backward(dy);
    }
  }
  const layers = [5, 4, 3].map((units) => new Asked({ units }));
  const model = new Sequential(layers, { input: [4] });
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1 }) });
  model.trainBatch(data.x, data.y);
  freeze(model, ["0.weight", "0.bias"]);
  model.trainBatch(data.x, data.y);
  expect(layers.map(({ wanted }) => wanted)).toEqual([[false], [true, false], [true, true]]);
  model.trace(data.x, data.y);
  expect(layers.map(({ wanted }) => wanted.at(-1))).toEqual([false, true, true]); // its own output needs no ∂L/∂x below
});

it.each([
  ["Adam", () => new Adam({ learningRate: 0.05, average: 0.8 })],
  ["NAdam", () => new NAdam({ learningRate: 0.05 })],
  ["Adagrad", () => new Adagrad({ learningRate: 0.05, lrDecay: 0.2 })],
  ["ScheduleFree", () => new ScheduleFree({ learningRate: 0.05 })],
] as const)(
  "goes on to the same bits where weights are frozen and thawed on the way: %s",
  async (_, optimizer) => {
    const plan: readonly string[][] = [
      ["0.weight", "2.bias"],
      ["2.bias"],
      ["0.weight"],
      [],
      all.slice(0, 4),
      [],
    ];
    const thaw: Callback = { onEpochBegin: ({ model, epoch }) => freeze(model, plan[epoch]) };
    const scenario = {
      model: () => make().model.compile({ loss: softmaxCrossEntropy(), optimizer: optimizer() }),
      data: () => data,
      options: () => ({ epochs: plan.length, batchSize: 9, validation: data, callbacks: [thaw] }),
    };
    const whole = await straight(scenario);
    const { crashes, ...pieces } = await inPieces(scenario, 2);
    expect(pieces).toEqual(whole);
    expect(crashes).toBeGreaterThan(3);
  },
);
