import { Dense, Dropout, Matrix, meanSquaredError, Sequential, SGD } from "chainrule";
import { expect, it } from "vitest";
import { cut } from "./support/models.js";
import { Recorder } from "./support/recorder.js";

const data = { x: Matrix.full(600, 1, 1), y: Matrix.zeros(600, 1) };

/** Ones through dropout: the first number of each row is 0 or 2, its mask. */
function masked(seed = 4) {
  const recorder = new Recorder();
  const model = new Sequential([new Dropout({ rate: 0.5 }), recorder, new Dense({ units: 1 })], {
    input: [1],
    seed,
  });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.01 }) });
  return { model, masks: () => recorder.seen.flat() };
}

it("the masks of a step do not depend on how its batch is cut", async () => {
  const whole = masked();
  whole.model.trainBatch(data.x, data.y);
  expect(new Set(whole.masks())).toEqual(new Set([0, 2]));
  for (const source of [data, cut(data, 7), cut(data, 599), [data]]) {
    const { model, masks } = masked();
    await model.fit(source, { batchSize: "full" });
    expect(masks()).toEqual(whole.masks());
  }
});

it("the masks of mini-batches do not depend on what the stream was cut into", async () => {
  const plain = masked();
  await plain.model.fit(data, { batchSize: 50, shuffle: false });
  for (const size of [1, 49, 50, 120, 600]) {
    const { model, masks } = masked();
    await model.fit(cut(data, size), { batchSize: 50 });
    expect(masks()).toEqual(plain.masks());
  }
});

it("each step and each seed has masks of its own", () => {
  const [one, other] = [masked(), masked(5)];
  for (const { model } of [one, other]) for (let i = 0; i < 2; i++) model.trainBatch(data.x, data.y);
  const halves = [one, other].flatMap(({ masks }) => [masks().slice(0, 600), masks().slice(600)]);
  expect(new Set(halves.map(String)).size).toBe(4);
});

it("a step that failed leaves the next one its masks", () => {
  const { model, masks } = masked();
  expect(() => model.trainBatch(Matrix.full(600, 1, 3e38), data.y)).toThrow(/finite loss/);
  model.trainBatch(data.x, data.y);
  const plain = masked();
  plain.model.trainBatch(data.x, data.y);
  expect(masks().slice(-600)).toEqual(plain.masks());
});
