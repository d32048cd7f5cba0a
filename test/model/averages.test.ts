import {
  Adam,
  Dense,
  earlyStopping,
  meanSquaredError,
  modelFromBytes,
  modelToBytes,
  nonNegative,
  ReLU,
  ScheduleFree,
  Sequential,
  SGD,
} from "chainrule";
import { checkpoint } from "chainrule/node";
import { expect, it } from "vitest";
import { crashAfter, emptyFolder } from "../node/support/interrupted.js";
import { bits, blobs } from "./support/models.js";

const { x } = blobs(40);
const data = { x, y: x.sum("rows") };
const make = (optimizer: Adam | SGD | ScheduleFree = new SGD({ learningRate: 0.05, average: 0.9 })) =>
  new Sequential([new Dense({ units: 5 }), new ReLU(), new Dense({ units: 1 })], {
    input: [4],
    seed: 3,
  }).compile({
    loss: meanSquaredError(),
    optimizer,
  });

it("validates the averages, and ends with them", async () => {
  const model = make();
  const { validationLoss } = await model.fit(data, { epochs: 3, batchSize: 8, validation: data });
  expect((await model.evaluate(data)).loss).toBe(validationLoss?.[2]);
  expect(bits(modelFromBytes(modelToBytes(model)))).toEqual(bits(model));
});

it("trains on as if nobody had looked", async () => {
  const plain = make(new SGD({ learningRate: 0.05 }));
  const averaged = make();
  for (const model of [plain, averaged]) {
    await model.fit(data, { epochs: 2, batchSize: 8, validation: data });
    await model.fit(data, { epochs: 1, batchSize: 8 });
    model.trainBatch(data.x, data.y);
  }
  expect(bits(averaged)).toEqual(bits(plain));
  averaged.useAverages();
  expect(bits(averaged)).not.toEqual(bits(plain));
  averaged.useAverages();
  averaged.trainBatch(data.x, data.y);
  plain.trainBatch(data.x, data.y);
  expect(bits(averaged)).toEqual(bits(plain));
});

it("gives early stopping the weights that were validated", async () => {
  const model = make();
  const options = {
    epochs: 30,
    batchSize: 8,
    validation: data,
    callbacks: [earlyStopping({ patience: 2, minDelta: 10 })],
  };
  const { validationLoss } = await model.fit(data, options);
  expect((await model.evaluate(data)).loss).toBe(validationLoss?.[0]);
});

it.each([
  ["a moving average", () => new Adam({ learningRate: 0.01, average: 0.95 })],
  ["ScheduleFree", () => new ScheduleFree({ learningRate: 0.05 })],
] as const)("goes on from a checkpoint to the same bits: %s", async (_, optimizer) => {
  const straight = make(optimizer());
  await straight.fit(data, { epochs: 3, batchSize: 8, validation: data });
  const folder = emptyFolder();
  const options = { epochs: 3, batchSize: 8, validation: data };
  const save = () => checkpoint(folder, { every: 1, best: "validationLoss" });
  await expect(
    make(optimizer()).fit(data, { ...options, callbacks: [save(), crashAfter(7)] }),
  ).rejects.toThrow();
  const again = make(optimizer());
  await again.fit(data, { ...options, callbacks: [save()], resume: folder });
  expect(bits(again)).toEqual(bits(straight));
});

it("says that there are none", () => {
  expect(() => make(new SGD({ learningRate: 0.1 })).useAverages()).toThrow(
    "SGD expects the option `average`, but got none. Try 0.999.",
  );
});

it("averages weights that keep their constraint, and ends with averages however training is stopped", async () => {
  const made = () =>
    new Sequential([new Dense({ units: 1, weightConstraint: nonNegative() })], {
      input: [4],
      seed: 3,
    }).compile({
      loss: meanSquaredError(),
      optimizer: new SGD({ learningRate: 0.05, average: 0.5 }),
    });
  const against = { x, y: x.sum("rows").mul(-1) };
  const [byEnd, byBegin] = [made(), made()];
  await byEnd.fit(against, {
    epochs: 9,
    callbacks: [{ onEpochEnd: ({ epoch }) => (epoch === 2 ? "stop" : undefined) }],
  });
  await byBegin.fit(against, {
    epochs: 9,
    callbacks: [{ onEpochBegin: ({ epoch }) => (epoch === 3 ? "stop" : undefined) }],
  });
  expect(bits(byBegin)).toEqual(bits(byEnd));
  expect(byEnd.getWeights()["0.weight"].data.every((w) => w >= 0)).toBe(true);
});
