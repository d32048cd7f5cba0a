import {
  Adam,
  categoricalCrossEntropy,
  checkGradients,
  Dense,
  Dropout,
  Flatten,
  type Layer,
  Matrix,
  meanSquaredError,
  ReLU,
  Reshape,
  Sequential,
  SGD,
  Softmax,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "./support/models.js";

const data = blobs(24);

async function* slowly() {
  for (const batch of cut(data, 8)) yield batch;
}

describe("a model without `input`", () => {
  it("has no weights before its first batch", () => {
    const { model } = classifier({ built: false });
    expect(model.isBuilt).toBe(false);
    expect(model.parameters).toEqual([]);
    expect(model.summary()).toContain("?");
  });

  it("is built by the first batch, with the weights that `input` gives", async () => {
    const { model: built } = classifier();
    const first: readonly ((model: typeof built) => unknown)[] = [
      (model) => model.predict(data.x),
      (model) => model.evaluate(data),
      (model) => model.evaluate(cut(data, 5)),
      (model) => model.evaluate(slowly()),
      (model) => model.trace(data.x),
      (model) => model.forward(data.x, false),
    ];
    for (const look of first) {
      const { model } = classifier({ built: false });
      await look(model);
      expect(bits(model)).toEqual(bits(built));
    }
  });

  it.each([
    ["rows in memory", () => data],
    ["an array of batches", () => cut(data, 8)],
    ["a generator", () => cut(data, 8).values()],
    ["an async generator", slowly],
  ])("trains as one with `input` on %s", async (_, source) => {
    const [lazy, built] = [classifier({ built: false }), classifier()];
    const histories = [await lazy.model.fit(source()), await built.model.fit(source())];
    expect(histories[0]).toEqual(histories[1]);
    expect(bits(lazy.model)).toEqual(bits(built.model));
  });

  it("goes through a dataset again after the first batch was looked at", async () => {
    const [lazy, built] = [classifier({ built: false }), classifier()];
    const histories = await Promise.all(
      [lazy, built].map(({ model }) => model.fit(cut(data, 8), { epochs: 3 })),
    );
    expect(histories[0]).toEqual(histories[1]);
  });
});

it("reads rows of any shape", () => {
  const side = [2, 2];
  const model = new Sequential([new Flatten(), new Dense({ units: 3 })], { input: side });
  side[0] = 7; // the caller's list is its own
  expect(model.inputShape).toEqual([2, 2]);
  expect(model.predict(data.x).cols).toBe(3);
  expect(model.outputShape).toEqual([3]);
});

it("trains from end to end in float64", async () => {
  const { model } = classifier({ dtype: "float64" });
  const wide = blobs(24, "float64");
  const { loss, accuracy } = await model.fit(wide, { epochs: 20, batchSize: 8 });
  expect(loss[19]).toBeLessThan(0.5 * loss[0]);
  expect(accuracy[19]).toBeGreaterThan(accuracy[0]);
  expect(model.predict(wide.x).dtype).toBe("float64");
  expect(new Set(model.parameters.flatMap(({ value, grad }) => [value.dtype, grad.dtype]))).toEqual(
    new Set(["float64"]),
  );
});

describe("layers in unusual places", () => {
  const at = (places: readonly Layer[]) => new Sequential(places, { input: [4], seed: 3, dtype: "float64" });
  const places: readonly [string, () => readonly Layer[]][] = [
    [
      "Dropout first and last",
      () => [new Dropout({ rate: 0.3 }), new Dense({ units: 3 }), new Dropout({ rate: 0.3 })],
    ],
    ["Softmax in the midst", () => [new Dense({ units: 3 }), new Softmax(), new Dense({ units: 3 })]],
    ["only Flatten", () => [new Flatten()]],
    [
      "layers that pass on what they get, first, last and beside each other",
      () => [
        new Reshape({ shape: [2, 2] }),
        new Flatten(),
        new Dense({ units: 4 }),
        new Reshape({ shape: [2, 2] }),
        new Flatten(),
        new ReLU(),
        new Flatten(),
      ],
    ],
  ];

  it.each(places)("%s: the chain rule holds", (_, make) => {
    for (const training of [true, false]) checkGradients(at(make()), { training, seed: 4 });
  });

  it("Flatten and Reshape change no number of a training", async () => {
    const compile = (layers: readonly Layer[]) =>
      new Sequential(layers, { input: [4] }).compile({
        loss: softmaxCrossEntropy(),
        optimizer: new SGD({ learningRate: 0.1 }),
      });
    const plain = compile([new Dense({ units: 3 })]);
    const wrapped = compile([
      new Flatten(),
      new Dense({ units: 3 }),
      new Reshape({ shape: [3, 1] }),
      new Flatten(),
    ]);
    const { "0.weight": weight, "0.bias": bias } = plain.getWeights();
    wrapped.setWeights({ "1.weight": weight, "1.bias": bias });
    const histories = [await plain.fit(data, { epochs: 2 }), await wrapped.fit(data, { epochs: 2 })];
    expect(histories[0]).toEqual(histories[1]);
    expect(bits(plain)).toEqual(bits(wrapped));
  });
});

it("a model without parameters can be run like any other", async () => {
  const model = new Sequential([new Softmax()], { input: [3] }).compile({
    loss: categoricalCrossEntropy(),
    optimizer: new Adam(),
  });
  const x = Matrix.from([
    [1, 2, 3],
    [0, 0, 0],
  ]);
  const y = Matrix.from([[2], [0]]);
  const expected = (Math.log(1 + Math.exp(-1) + Math.exp(-2)) + Math.log(3)) / 2;
  const { loss } = await model.fit({ x, y }, { epochs: 2 });
  expect(loss[0]).toBeCloseTo(expected, 6);
  expect(loss[1]).toBe(loss[0]);
  expect((await model.evaluate({ x, y })).loss).toBeCloseTo(expected, 6);
  expect(model.trainBatch(x, y)).toBeCloseTo(expected, 6);
  expect(model.getWeights()).toEqual(Object.create(null));
  expect(model.gradients.cols).toBe(0);
});

it("takes batches that are larger than all before, and smaller again", () => {
  const model = new Sequential([new Dense({ units: 3 }), new ReLU(), new Dense({ units: 3 })], {
    input: [4],
  });
  const twin = model.clone();
  for (const one of [model, twin]) one.compile({ loss: meanSquaredError(), optimizer: new Adam() });
  const batch = (rows: number) => [blobs(rows).x, Matrix.full(rows, 3, 0.5)] as const;
  for (const rows of [2, 300, 1, 40]) {
    model.predict(blobs(2000).x); // other sizes in between
    expect(model.trainBatch(...batch(rows))).toBe(twin.trainBatch(...batch(rows)));
  }
  expect(bits(model)).toEqual(bits(twin));
});
