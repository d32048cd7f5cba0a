import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  Dense,
  type Loss,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
  Sigmoid,
  Softmax,
  Tanh,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { relativeError } from "../support/numbers.js";
import { bits, blobs, classifier } from "./support/models.js";

const { x, y } = blobs(10, "float64");

function make(loss: Loss, head: readonly (Softmax | Sigmoid)[] = [], units = 3) {
  const inner = new Sequential([new Dense({ units: 5 }), new Tanh()]);
  return new Sequential([inner, new Dense({ units }), ...head], {
    input: [4],
    seed: 7,
    dtype: "float64",
  }).compile({
    loss,
    optimizer: new SGD({ learningRate: 0.1 }),
  });
}

describe("trace", () => {
  it("shows every layer's output, nested ones by their place", () => {
    const model = make(meanSquaredError());
    const traced = model.trace(x);
    expect(traced.map(({ path, layer }) => `${path} ${layer.type}`)).toEqual([
      "0.0 Dense",
      "0.1 Tanh",
      "1 Dense",
    ]);
    expect(traced.map(({ output }) => output.cols)).toEqual([5, 5, 3]);
    expect(traced[1].output.isClose(traced[0].output.map(Math.tanh), { rtol: 1e-14 })).toBe(true);
    expect(traced[2].output).toEqual(model.predict(x));
    expect(traced.every((layer) => !("gradient" in layer))).toBe(true);
  });

  it("shows the gradient of the mean loss by every output: those that a step is made of", () => {
    const model = make(meanSquaredError());
    const target = Matrix.full(10, 3, 0.25, "float64");
    const traced = model.trace(x, target);
    const [first, tanh, last] = traced.map(({ gradient }) => gradient as Matrix);
    const prediction = traced[2].output;
    expect(last.isClose(prediction.sub(target).mul(2 / 30), { rtol: 1e-13 })).toBe(true);
    const slope = traced[1].output.map((v) => 1 - v * v);
    expect(first.isClose(tanh.mul(slope), { rtol: 1e-13 })).toBe(true);

    model.trainBatch(x, target);
    const step = Object.fromEntries(model.parameters.map(({ name, grad }) => [name, grad]));
    expect(relativeError(x.transpose().matmul(first).data, step["0.0.weight"].data)).toBeLessThan(1e-13);
    expect(relativeError(first.sum("cols").data, step["0.0.bias"].data)).toBeLessThan(1e-13);
    expect(relativeError(traced[1].output.transpose().matmul(last).data, step["1.weight"].data)).toBeLessThan(
      1e-13,
    );
  });

  it.each([
    ["Softmax", categoricalCrossEntropy(), new Softmax(), 3, y],
    ["Sigmoid", binaryCrossEntropy(), new Sigmoid(), 1, y.map((c) => Math.min(c, 1))],
  ] as const)(
    "shows what training works with before a last %s, at logits of 1000 too",
    (_, loss, head, units, target) => {
      const model = make(loss, [head], units);
      for (const factor of [1, 1e4]) {
        const weights = model.getWeights();
        model.setWeights({ ...weights, "1.weight": weights["1.weight"].mul(factor) });
        const traced = model.trace(x, target);
        const logits = traced[2];
        expect(Math.max(...logits.output.data.map(Math.abs)) > 900).toBe(factor > 1);
        const twin = model.clone().compile({ loss, optimizer: new SGD({ learningRate: 0.1 }) });
        twin.trainBatch(x, target);
        const { grad } = twin.parameters[3];
        expect(relativeError((logits.gradient as Matrix).sum("cols").data, grad.data)).toBeLessThan(1e-12);
      }
    },
  );

  it("gives copies", () => {
    const model = make(meanSquaredError());
    const target = Matrix.zeros(10, 3, "float64");
    const first = model.trace(x, target);
    const kept = first.map(({ output, gradient }) => [output.copy(), gradient?.copy()]);
    model.trainBatch(x, target);
    model.trace(x.mul(-2), target.add(1));
    expect(first.map(({ output, gradient }) => [output, gradient])).toEqual(kept);
  });

  it("leaves the training as it is", async () => {
    const [looked, left] = [classifier().model, classifier().model];
    const { x, y } = blobs();
    looked.trainBatch(x, y);
    left.trainBatch(x, y);
    const gradients = looked.gradients.copy();
    looked.trace(x, y);
    expect(looked.gradients.copy()).toEqual(gradients);
    const callbacks = [{ onEpochBegin: () => void looked.trace(x, y) }];
    const histories = [await looked.fit({ x, y }, { callbacks }), await left.fit({ x, y })];
    expect(histories[0]).toEqual(histories[1]);
    expect(bits(looked)).toEqual(bits(left));
  });
});
