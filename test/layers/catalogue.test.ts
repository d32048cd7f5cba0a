import {
  Adam,
  AlphaDropout,
  BatchNorm,
  Context,
  checkGradients,
  Dense,
  Embedding,
  GaussianDropout,
  GaussianNoise,
  Lambda,
  type Layer,
  LayerNorm,
  Matrix,
  meanSquaredError,
  modelFromBytes,
  modelToBytes,
  Parallel,
  Random,
  ReLU,
  Residual,
  Sequential,
  SGD,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs } from "../model/support/models.js";

const random = Random.fromSeed(3);
const normals = (rows: number, cols: number) =>
  Matrix.zeros(rows, cols, "float64").map((_, r, c) => random.normal(c, r));

function moments(layer: Layer, x: Matrix) {
  layer.build([x.cols], Context.root({ dtype: "float64", seed: 2 }));
  const y = layer.forward(x, true);
  const mean = y.sum() / y.data.length;
  const variance = y.sub(mean).mul(y.sub(mean)).sum() / y.data.length;
  return { mean, variance, y };
}

describe("noise", () => {
  const x = normals(400, 100); // mean 0, variance 1; 40,000 numbers: a mean is off by 0.005, a variance by 0.007

  it.each([
    ["AlphaDropout", new AlphaDropout({ rate: 0.25 }), 1],
    ["GaussianNoise", new GaussianNoise({ standardDeviation: 0.5 }), 1.25],
    ["GaussianDropout", new GaussianDropout({ rate: 0.2 }), 1.25],
  ] as const)("%s has the moments of its formula", (_, layer, expected) => {
    const { mean, variance } = moments(layer, x);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - expected)).toBeLessThan(0.06);
  });

  it("of rate 0, or none, leaves everything as it is", () => {
    for (const layer of [
      new AlphaDropout({ rate: 0 }),
      new GaussianDropout({ rate: 0 }),
      new GaussianNoise({ standardDeviation: 0 }),
    ]) {
      expect(moments(layer, x).y.data).toEqual(x.data);
    }
  });
});

describe("BatchNorm", () => {
  const model = () =>
    new Sequential([new Dense({ units: 5 }), new BatchNorm(), new ReLU(), new Dense({ units: 3 })], {
      input: [4],
      seed: 1,
    });

  it("keeps its running statistics in files, clones and weights, and lets nobody train them", async () => {
    const one = model().compile({ loss: meanSquaredError(), optimizer: new Adam({ weightDecay: 0.1 }) });
    for (const parameter of one.parameters) parameter.trainable = true;
    const x = blobs(32).x;
    await one.fit({ x, y: Matrix.zeros(32, 3) }, { epochs: 3, batchSize: 8 });
    const { "1.runningMean": mean, "1.runningVariance": variance } = one.getWeights();
    expect(mean.data.every((v) => v !== 0)).toBe(true);
    expect(variance.data.every((v) => v !== 1)).toBe(true);
    for (const copy of [modelFromBytes(modelToBytes(one)), one.clone()]) {
      expect(bits(copy)).toEqual(bits(one));
      expect(copy.predict(x)).toEqual(one.predict(x));
      expect(copy.parameters.map(({ trainable }) => trainable)).toEqual(
        one.parameters.map(({ trainable }) => trainable),
      );
    }
  });

  it("has no variance of one row: y = β, and the running variance stays", () => {
    const layer = new BatchNorm();
    layer.build([2], Context.root());
    expect([...layer.forward(Matrix.from([[5, -7]]), true).data]).toEqual([0, 0]);
    expect([...layer.backward(Matrix.from([[1, 1]])).data]).toEqual([0, 0]);
    const [, , mean, variance] = layer.parameters;
    expect([...mean.value.data, ...variance.value.data]).toEqual([0.5, Math.fround(-0.7), 1, 1]);
  });

  it("keeps its statistics where a batch is not finite", () => {
    const layer = new BatchNorm();
    layer.build([2], Context.root());
    layer.forward(
      Matrix.from([
        [1, Number.NaN],
        [3, Infinity],
      ]),
      true,
    );
    const [, , mean] = layer.parameters;
    expect([...mean.value.data]).toEqual([Math.fround(0.2), 0]);
  });

  it("is far from overflow and cancellation", () => {
    const layer = new BatchNorm({ affine: false });
    layer.build([1], Context.root({ dtype: "float64" }));
    const y = layer.forward(Matrix.from([[1e9], [1e9 + 1], [1e9 + 2]], "float64"), true);
    expect(y.isClose(Matrix.from([[-1.2247], [0], [1.2247]], "float64"), { atol: 1e-3 })).toBe(true);
  });

  it.each([
    ["by itself", new BatchNorm()],
    ["inside a Residual", new Residual({ layers: [new BatchNorm()] })],
    ["inside a branch", new Parallel({ branches: [[], [new Residual({ layers: [new BatchNorm()] })]] })],
  ])("is refused in a whole batch of pieces, %s", async (_, layer) => {
    const one = new Sequential([layer, new Dense({ units: 1 })], { input: [2] }).compile({
      loss: meanSquaredError(),
      optimizer: new SGD({ learningRate: 0.1 }),
    });
    const data = { x: Matrix.zeros(600, 2), y: Matrix.zeros(600, 1) };
    await expect(one.fit(data, { batchSize: "full" })).rejects.toThrow(
      /its mean and variance are those of the batch/,
    );
  });
});

describe("Embedding", () => {
  const layer = () => {
    const one = new Embedding({ inputDim: 3, outputDim: 2 });
    one.build([2], Context.root({ dtype: "float64" }));
    one.parameters[0].value.data.set([1, 2, 3, 4, 5, 6]);
    return one;
  };

  it("looks rows up, and gathers the gradient of each", () => {
    const one = layer();
    expect([
      ...one.forward(
        Matrix.from(
          [
            [2, 0],
            [2, 2],
          ],
          "float64",
        ),
      ).data,
    ]).toEqual([5, 6, 1, 2, 5, 6, 5, 6]);
    one.backward(
      Matrix.from(
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
        "float64",
      ),
    );
    expect([...one.parameters[0].grad.data]).toEqual([3, 4, 0, 0, 13, 16]);
  });

  it.each([3, -1, 0.5, Number.NaN, Infinity])("refuses %d", (index) => {
    expect(() => layer().forward(Matrix.from([[0, index]], "float64"))).toThrow(
      `Embedding(3) expects whole numbers from 0 to 2, but got ${index} in row 0, column 1.`,
    );
  });

  it("has the right gradient below other layers", () => {
    const model = new Sequential([new Embedding({ inputDim: 4, outputDim: 3 }), new Dense({ units: 2 })], {
      input: [2],
    });
    const x = Matrix.from(
      [
        [0, 3],
        [1, 1],
      ],
      "float64",
    );
    expect(checkGradients(model, { x }).relativeError).toBeLessThan(1e-6);
  });
});

describe("layers that hold others", () => {
  const layers = () => [
    new Residual({ layers: [new Dense({ units: 3 }), new LayerNorm(), new Dense({ units: 4 })] }),
    new Parallel({
      branches: [[new Dense({ units: 4 })], [], [new Residual({ layers: [new Dense({ units: 4 })] })]],
      merge: "multiply",
    }),
    new Dense({ units: 3 }),
  ];
  const model = () => new Sequential(layers(), { input: [4], seed: 1 });

  it("name their weights by their places", () => {
    expect(model().parameters.map(({ name }) => name)).toEqual([
      ...["0.0.weight", "0.0.bias", "0.1.weight", "0.1.bias", "0.2.weight", "0.2.bias"],
      ...["1.0.0.weight", "1.0.0.bias", "1.2.0.0.weight", "1.2.0.0.bias", "2.weight", "2.bias"],
    ]);
  });

  it("say how to make them, and come back from files and clones", () => {
    const one = model();
    expect(String(one.layers[0])).toBe(
      "Residual({ layers: [Dense({ units: 3 }), LayerNorm(), Dense({ units: 4 })] })",
    );
    const x = normals(3, 4).as("float32");
    for (const copy of [modelFromBytes(modelToBytes(one)), one.clone()]) {
      expect(copy.predict(x)).toEqual(one.predict(x));
      expect(String(copy)).toBe(String(one));
    }
  });

  it.each(["concatenate", "add", "average", "multiply", "maximum"] as const)(
    "have the right gradients: %s",
    (merge) => {
      const layer = new Parallel({
        branches: [[new Dense({ units: 3 })], [], [new Dense({ units: 3 })]],
        merge,
      });
      expect(checkGradients(layer, { input: [3] }).relativeError).toBeLessThan(1e-6);
    },
  );

  it("do as their equations say", () => {
    const x = Matrix.from([[1, -2]]);
    const merged = (merge: "concatenate" | "add" | "average" | "multiply" | "maximum") => {
      const square = new Lambda({ forward: (m) => m.mul(m), backward: (dy, m) => dy.mul(m).mul(2) });
      const layer = new Parallel({ branches: [[], [square]], merge });
      layer.build([2], Context.root());
      return [...layer.forward(x, false).data];
    };
    expect(merged("concatenate")).toEqual([1, -2, 1, 4]);
    expect(merged("add")).toEqual([2, 2]);
    expect(merged("average")).toEqual([1, 1]);
    expect(merged("multiply")).toEqual([1, -8]);
    expect(merged("maximum")).toEqual([1, 4]);
  });

  it("train", async () => {
    const one = model().compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.01 }) });
    const { x } = blobs(32);
    const { loss } = await one.fit({ x, y: Matrix.full(32, 3, 0.5) }, { epochs: 20 });
    expect(loss[19]).toBeLessThan(loss[0] / 4);
  });

  it.each([
    [
      () => new Residual({ layers: [new Dense({ units: 3 })] }),
      "Residual expects layers from [4] to as many numbers, but got [3].",
    ],
    [
      () => new Parallel({ branches: [[], [new Dense({ units: 3 })]], merge: "add" }),
      "Parallel expects branches of one size to add, but got [4], [3].",
    ],
  ])("refuse sizes that do not fit, with nothing built", (make, message) => {
    const layer = make();
    expect(() => new Sequential([layer], { input: [4] })).toThrow(message);
    expect(layer.isBuilt).toBe(false);
  });

  it("refuse what is no list of layers", () => {
    expect(() => new Residual({ layers: [Dense] as never })).toThrow("`layers` to be a list of layers");
    expect(() => new Parallel({ branches: [] })).toThrow(
      "`branches` to be a list with a list of layers for each branch",
    );
    const dense = new Dense({ units: 4 });
    expect(() => new Residual({ layers: [dense, dense] })).toThrow("a list of layers");
  });
});

describe("Lambda", () => {
  it("needs a backward only where layers before it train", async () => {
    const half = () => new Lambda({ forward: (x) => x.mul(0.5) });
    const train = (layers: Layer[]) =>
      new Sequential(layers, { input: [2] })
        .compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) })
        .trainBatch(Matrix.zeros(2, 2), Matrix.zeros(2, 1));
    expect(train([half(), new Dense({ units: 1 })])).toBe(0);
    expect(() => train([new Dense({ units: 1 }), half()])).toThrow(
      "Lambda expects a `backward`, since layers before it train",
    );
  });

  it("refuses results of another size or kind", () => {
    const layer = new Lambda({ forward: () => 3 as never });
    layer.build([2], Context.root());
    expect(() => layer.forward(Matrix.zeros(1, 2), false)).toThrow(
      "`forward` to return [1 × 2] in float32, but got 3",
    );
  });
});

it("leaves a model whole whose layer another model wants inside", () => {
  const dense = new Dense({ units: 2 });
  const model = new Sequential([dense], { input: [2] });
  expect(() => new Sequential([new Residual({ layers: [dense] })], { input: [2] })).toThrow(
    "Dense(2) expects to be in one model",
  );
  expect(model.predict(Matrix.zeros(1, 2)).cols).toBe(2);
});
