import {
  accuracy,
  type Batch,
  Dense,
  Dropout,
  earlyStopping,
  exponentialDecay,
  GradientDescent,
  Layer,
  type Matrix,
  meanSquaredError,
  Random,
  ReLU,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";
import { checkpoint } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { from } from "../../src/data/pipeline/from.js";
import { bits, blobs, classifier, cut, weights } from "../model/support/models.js";
import { emptyFolder, inPieces, type Scenario, straight } from "./support/interrupted.js";

const data = blobs(29);
const momentum = () => {
  const layers = [new Dense({ units: 6 }), new ReLU(), new Dropout({ rate: 0.4 }), new Dense({ units: 3 })];
  return new Sequential(layers, { input: [4], seed: 3 }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new SGD({ learningRate: exponentialDecay({ initial: 0.1, factor: 0.9 }), momentum: 0.9 }),
    metrics: [accuracy()],
  });
};

const scenarios: Readonly<Record<string, Scenario>> = {
  "shuffled, dropout, Adam, metrics": {
    model: () => classifier().model,
    data: () => data,
    options: () => ({ epochs: 4, batchSize: 6 }),
  },
  "momentum, a schedule, validation, early stopping": {
    model: momentum,
    data: () => data,
    options: () => ({
      epochs: 9,
      batchSize: 8,
      validationSplit: 0.25,
      callbacks: [earlyStopping({ patience: 2 })],
    }),
  },
  "float64, weights of examples and classes": {
    model: () => classifier({ dtype: "float64" }).model,
    data: () => ({ ...blobs(29, "float64"), sampleWeight: weights(29, "float64") }),
    options: () => ({ epochs: 3, batchSize: 7, classWeight: { 0: 2 } }),
  },
  "a stream in its own batches": {
    model: momentum,
    data: () => cut(data, 5),
    options: () => ({ epochs: 3 }),
  },
  "a stream in other batches, validated by another": {
    model: momentum,
    data: () => cut(data, 5),
    options: () => ({ epochs: 3, batchSize: 4, validation: cut(blobs(12), 5) }),
  },
  "streams that come in another order in each pass": {
    model: momentum,
    data: () => shuffledByPass(data),
    options: () => ({ epochs: 4, validation: shuffledByPass(blobs(40)) }),
  },
  "an asynchronous stream, cut into epochs that are no passes": {
    model: momentum,
    data: () =>
      from(async function* (pass: number) {
        yield* shuffledByPass(data, pass);
      }),
    options: () => ({ epochs: 6, stepsPerEpoch: 4 }),
  },
  "a model that is built by its first batch, of a stream": {
    model: () => classifier({ built: false }).model,
    data: () => cut(data, 6),
    options: () => ({ epochs: 3 }),
  },
  "memory cut short by stepsPerEpoch": {
    model: momentum,
    data: () => data,
    options: () => ({ epochs: 4, batchSize: 5, stepsPerEpoch: 3 }),
  },
  "batches that weigh nothing": {
    model: momentum,
    data: () => ({ ...data, sampleWeight: weights(29).map((w, r) => (r >= 5 && r < 15 ? 0 : w)) }),
    options: () => ({ epochs: 2, batchSize: 5, shuffle: false }),
  },
  "one example at a time": {
    model: momentum,
    data: () => blobs(7),
    options: () => ({ epochs: 2, batchSize: 1, shuffle: false }),
  },
};

/** Batches of 5 rows in an order that the pass decides. */
function shuffledByPass(batch: Batch, only?: number) {
  const inOrder = (pass: number) => {
    const order = Random.fromSeed(8).permutation(batch.x.rows, pass);
    return cut({ x: batch.x.gather(order), y: batch.y.gather(order) }, 5);
  };
  return only === undefined ? from(inOrder) : inOrder(only);
}

describe.each(Object.entries(scenarios))("%s", (_, scenario) => {
  it.each([1, 2, 5])("goes on to the same bits, crashing after every %i steps", async (steps) => {
    const { crashes, ...ended } = await inPieces(scenario, steps);
    expect(ended).toEqual(await straight(scenario));
    expect(crashes).toBeGreaterThan(1);
  });
});

it("opens each pass of a pipeline by its number", async () => {
  const folder = emptyFolder();
  const passes: number[] = [];
  const counted = from((pass: number) => {
    passes.push(pass);
    return cut(data, 10);
  });
  for (const epochs of [2, 4]) {
    await momentum().fit(counted, { epochs, callbacks: [checkpoint(folder)], resume: folder });
  }
  expect(passes).toEqual([0, 1, 2, 3]);
});

it("goes on from the ends of epochs, and from every third step", async () => {
  const scenario = scenarios["momentum, a schedule, validation, early stopping"];
  const expected = await straight(scenario);
  for (const every of ["epoch", 3] as const) {
    const { crashes, ...ended } = await inPieces(scenario, 5, { every, keep: 1 });
    expect(ended).toEqual(expected);
    expect(crashes).toBeGreaterThan(1);
  }
});

it("goes on in batch gradient descent, a step an epoch", async () => {
  const make = () =>
    new Sequential([new Dense({ units: 3 })], { input: [4] }).compile({
      loss: softmaxCrossEntropy(),
      optimizer: new GradientDescent({ learningRate: 0.3 }),
    });
  const scenario = { model: make, data: () => data, options: () => ({ epochs: 7 }) };
  const { crashes, ...ended } = await inPieces(scenario, 2);
  expect(ended).toEqual(await straight(scenario));
  expect(crashes).toBeGreaterThan(1);
});

it("takes functions from the code again: loss, schedule, initializer, layer", async () => {
  class Twice extends Layer {
    static override readonly type = "Twice";
    forward = (x: Matrix) => x.mul(2);
    backward = (dy: Matrix) => dy.mul(2);
  }
  const model = () => {
    const weightInitializer = (w: Matrix) => void w.data.fill(0.1);
    const layers = [new Dense({ units: 5, weightInitializer }), new Twice(), new Dense({ units: 1 })];
    return new Sequential(layers, { input: [4] }).compile({
      loss: meanSquaredError(),
      optimizer: new SGD({ learningRate: (step) => 0.01 / (1 + step) }),
    });
  };
  const scenario = { model, data: () => data, options: () => ({ epochs: 3, batchSize: 6 }) };
  const { crashes, ...ended } = await inPieces(scenario, 2);
  expect(ended).toEqual(await straight(scenario));
  expect(crashes).toBeGreaterThan(1);
});

it("keeps a rate that was changed, and takes a new one from the constructor otherwise", async () => {
  const rates: number[] = [];
  const scenario = {
    model: () => momentumOf(0.1),
    data: () => data,
    options: () => ({
      ...{ epochs: 3, batchSize: 10 },
      callbacks: [
        {
          onEpochEnd: ({ epoch, model }: { epoch: number; model: Sequential<string> }) => {
            if (epoch === 0) optimizers.get(model)!.learningRate = 0.01;
            rates.push(optimizers.get(model)!.learningRate as number);
          },
        },
      ],
    }),
  };
  const expected = await straight(scenario);
  const { crashes, ...ended } = await inPieces(scenario, 4);
  expect(ended).toEqual(expected);
  expect(crashes).toBeGreaterThan(0);
  expect(new Set(rates)).toEqual(new Set([0.01]));
});

const optimizers = new WeakMap<Sequential<string>, SGD>();
function momentumOf(learningRate: number) {
  const optimizer = new SGD({ learningRate, momentum: 0.9 });
  const model = new Sequential([new Dense({ units: 3 })], { input: [4] });
  optimizers.set(model, optimizer);
  return model.compile({ loss: softmaxCrossEntropy(), optimizer });
}

it("has nothing to do where training has ended, by a callback or by its epochs", async () => {
  for (const epochs of [3, 40]) {
    const folder = emptyFolder();
    const train = async () => {
      const model = momentum();
      let steps = 0;
      const counter = { onBatchEnd: () => void steps++ };
      const callbacks = [checkpoint(folder), earlyStopping({ monitor: "loss", patience: 2 }), counter];
      const history = await model.fit(data, { epochs, batchSize: 8, callbacks, resume: folder });
      return { steps, ended: { weights: bits(model), history } };
    };
    const [first, second] = [await train(), await train()];
    expect(first.steps).toBeGreaterThan(0);
    expect(second).toEqual({ steps: 0, ended: first.ended });
  }
});

it("trains on for more epochs", async () => {
  const folder = emptyFolder();
  for (const epochs of [2, 5]) {
    const model = momentum();
    const callbacks = [checkpoint(folder)];
    await model.fit(data, { epochs, batchSize: 8, callbacks, resume: folder });
    const whole = momentum();
    await whole.fit(data, { epochs, batchSize: 8 });
    expect(bits(model)).toEqual(bits(whole));
  }
});
