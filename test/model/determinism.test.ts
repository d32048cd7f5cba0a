import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs(30);
const options = { epochs: 3, batchSize: 8, validationSplit: 0.2 };

async function run(seed: number) {
  const { model } = classifier({ seed });
  const history = await model.fit(data, options);
  return { history, bits: bits(model) };
}

describe("the seed", () => {
  it("makes the same bits again", async () => {
    expect(await run(5)).toEqual(await run(5));
  });

  it("makes others with another seed", async () => {
    const [a, b] = [await run(5), await run(6)];
    expect(a.bits).not.toEqual(b.bits);
    expect(a.history.loss).not.toEqual(b.history.loss);
  });

  it("decides the first weights and nothing else does", () => {
    const [first, second] = [classifier({ seed: 9 }).model, classifier({ seed: 9 }).model];
    expect(bits(first)).toEqual(bits(second));
    expect(bits(first)).not.toEqual(bits(classifier({ seed: 10 }).model));
    expect(bits(first)).not.toEqual(bits(classifier({ seed: 9 + 2 ** 32 }).model));
  });
});

it("models that train at the same time do not disturb each other", async () => {
  const alone = await run(5);
  const together = await Promise.all([run(5), run(7), run(5)]);
  expect(together[0]).toEqual(alone);
  expect(together[2]).toEqual(alone);
});

it("looking at a model between steps changes no step", async () => {
  const [looked, left] = [classifier().model, classifier().model];
  for (const { x, y } of cut(data, 7)) {
    const [a, b] = [looked.trainBatch(x, y), left.trainBatch(x, y)];
    expect(a).toBe(b);
    looked.predict(data.x);
    looked.trace(data.x, data.y);
    looked.trace(data.x);
    await looked.evaluate(data);
    looked.forward(x, true);
    looked.summary();
    looked.clone();
    looked.toJSON();
    looked.setWeights(looked.getWeights());
  }
  expect(bits(looked)).toEqual(bits(left));
});

it("looking at a model from a callback changes no training", async () => {
  const plain = await run(5);
  const { model } = classifier();
  const look = async () => {
    model.predict(data.x);
    model.trace(data.x, data.y);
    await model.evaluate(data);
    model.setWeights(model.getWeights());
  };
  const history = await model.fit(data, { ...options, callbacks: [{ onBatchEnd: look, onEpochEnd: look }] });
  expect({ history, bits: bits(model) }).toEqual(plain);
});

it("two fits are one fit of as many epochs, shuffles and masks included", async () => {
  const [whole, halves] = [classifier().model, classifier().model];
  const { loss } = await whole.fit(data, { epochs: 4, batchSize: 8 });
  const first = await halves.fit(data, { epochs: 2, batchSize: 8 });
  const second = await halves.fit(data, { epochs: 4, initialEpoch: 2, batchSize: 8 });
  expect([...first.loss, ...second.loss]).toEqual(loss);
  expect(bits(halves)).toEqual(bits(whole));
  expect(new Set(loss).size).toBe(4);
});

it("fit takes the steps that trainBatch takes", async () => {
  const [fitted, stepped] = [classifier().model, classifier().model];
  const { loss } = await fitted.fit(data, { batchSize: 10, shuffle: false });
  const losses = cut(data, 10).map(({ x, y }) => stepped.trainBatch(x, y));
  expect(bits(fitted)).toEqual(bits(stepped));
  expect(loss[0]).toBeCloseTo((losses[0] + losses[1] + losses[2]) / 3, 12);
});
