import { Adam, Dense, Matrix, meanSquaredError, ReLU, Sequential, SGD } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "./support/models.js";

const { x, y } = blobs();

describe("the gradients of a model", () => {
  it("lie side by side, in the order of the parameters", () => {
    const { model } = classifier();
    expect(model.parameters.map(({ name }) => name)).toEqual(["0.weight", "0.bias", "3.weight", "3.bias"]);
    const { gradients } = model;
    expect([gradients.rows, gradients.cols]).toEqual([1, 4 * 8 + 8 + 8 * 3 + 3]);
    model.trainBatch(x, y);
    expect(model.parameters.flatMap(({ grad }) => [...grad.data])).toEqual([...gradients.data]);
    expect(gradients.data.some((g) => g !== 0)).toBe(true);
  });

  it("are views: what changes in one place changes in the other", () => {
    const { model } = classifier();
    const { gradients } = model;
    gradients.data.forEach((_, i) => {
      gradients.data[i] = i;
    });
    let at = 0;
    for (const { grad, value } of model.parameters) {
      expect([grad.rows, grad.cols]).toEqual([value.rows, value.cols]);
      expect(grad.at(0, 0)).toBe(at);
      at += value.rows * value.cols;
      grad.set(0, 0, -1);
    }
    expect(gradients.data.filter((g) => g === -1).length).toBe(4);
  });

  it("stay in their place while a model trains, and beside nested layers", () => {
    const inner = new Sequential([new Dense({ units: 3 }), new ReLU()]);
    const model = new Sequential([inner, new Dense({ units: 2 })], { input: [4] });
    model.compile({ loss: meanSquaredError(), optimizer: new Adam() });
    const place = model.gradients.storage.address;
    model.trainBatch(x, Matrix.zeros(24, 2));
    expect(model.gradients.storage.address).toBe(place);
    const { buffer, byteOffset } = model.gradients.data;
    const starts = model.parameters.map(({ grad }) => grad.data.byteOffset - byteOffset);
    expect(starts).toEqual([0, 12, 15, 21].map((numbers) => 4 * numbers));
    for (const { grad } of model.parameters) expect(grad.data.buffer).toBe(buffer);
  });

  it("add up where backward is called by hand, and are cleared before a step", () => {
    const make = () =>
      new Sequential([new Dense({ units: 1 })], { input: [4] }).compile({
        loss: meanSquaredError(),
        optimizer: new SGD({ learningRate: 0.1 }),
      });
    const [called, plain] = [make(), make()];
    const dy = Matrix.full(24, 1, 1);
    called.forward(x, true);
    called.backward(dy);
    const once = called.gradients.copy();
    called.backward(dy);
    expect(called.gradients.isClose(once.mul(2), { rtol: 1e-6 })).toBe(true);
    expect(called.trainBatch(x, y)).toBe(plain.trainBatch(x, y));
    expect(bits(called)).toEqual(bits(plain));
  });
});

it("backward by hand always gives ∂L/∂x, also after a training step that did without", () => {
  const model = new Sequential([new Dense({ units: 2, useBias: false })], { input: [4] });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0 }) });
  model.trainBatch(x, Matrix.zeros(24, 2));
  const dy = Matrix.full(24, 2, 0.5);
  model.forward(x, true);
  const dx = model.backward(dy);
  expect(dx.isClose(dy.matmul(model.parameters[0].value.transpose()))).toBe(true);
});
