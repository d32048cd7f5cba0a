import { accuracy, Dense, Matrix, meanAbsoluteError, Sequential, SGD } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut, weights } from "./support/models.js";

const data = { ...blobs(1100), sampleWeight: weights(1100) };

async function* stream() {
  for (const batch of cut(data, 130)) yield batch;
}

describe("evaluate", () => {
  it("is the weighted mean of loss and metrics, by hand", async () => {
    const model = new Sequential([new Dense({ units: 1, useBias: false })], { input: [1] }).compile({
      loss: meanAbsoluteError(),
      optimizer: new SGD({ learningRate: 0.1 }),
      metrics: [accuracy()],
    });
    model.setWeights({ "0.weight": Matrix.from([[1]]) });
    const x = Matrix.from([[0], [1], [1], [0]]);
    const y = Matrix.from([[0], [1], [0], [1]]);
    const sampleWeight = Matrix.from([[1], [2], [3], [4]]);
    expect(await model.evaluate({ x, y, sampleWeight })).toEqual({ loss: 7 / 10, accuracy: 3 / 10 });
    expect(await model.evaluate({ x, y })).toEqual({ loss: 1 / 2, accuracy: 1 / 2 });
  });

  it("does not depend on how the rows are cut", async () => {
    const { model } = classifier();
    const { loss, accuracy } = await model.evaluate(data);
    const cuts = [
      ...[1, 7, 512, 1100, 10 ** 6].map((batchSize) => model.evaluate(data, { batchSize })),
      model.evaluate(cut(data, 3)),
      model.evaluate(cut(data, 1000), { batchSize: 33 }),
      model.evaluate(stream()),
      model.evaluate([data]),
    ];
    for (const measured of await Promise.all(cuts)) {
      expect(measured.loss).toBeCloseTo(loss, 12);
      expect(measured.accuracy).toBeCloseTo(accuracy, 12);
    }
  });

  it("changes nothing and has no dropout", async () => {
    const { model, optimizer } = classifier();
    const before = bits(model);
    const gradients = model.gradients.copy();
    expect(await model.evaluate(data)).toEqual(await model.evaluate(data));
    expect(bits(model)).toEqual(before);
    expect(model.gradients.copy()).toEqual(gradients);
    expect([optimizer.steps, model.context.position]).toEqual([0, { step: 0, example: 0 }]);
  });
});
