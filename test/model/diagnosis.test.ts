import { type Callback, Dense, Layer, Matrix, meanSquaredError, ReLU, Sequential, SGD } from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, cut } from "./support/models.js";

const { x } = blobs();
const data = { x, y: Matrix.full(24, 1, 0.5) };

function make(
  learningRate = 0.01,
  layers: readonly Layer[] = [new Dense({ units: 3 }), new ReLU(), new Dense({ units: 1 })],
) {
  const optimizer = new SGD({ learningRate });
  const model = new Sequential(layers, { input: [4] }).compile({ loss: meanSquaredError(), optimizer });
  return { model, optimizer };
}

const poke = (model: Sequential, name: string, value: number) => {
  const weights = model.getWeights();
  weights[name].set(0, 0, value);
  model.setWeights(weights);
};

describe("training that diverges", () => {
  it.each([1, 8, "full"] as const)(
    "stops and names what is no longer finite, with batches of %s",
    async (batchSize) => {
      const { model } = make(1e30);
      await expect(model.fit(data, { epochs: 50, batchSize })).rejects.toThrow(
        /^Training expects (a finite loss|finite parameters), but got .*(parameter|layer) \d.*(NaN|Infinity).* Lower the learning rate/,
      );
    },
  );

  it("does not end in parameters that are not finite, even after the last step", async () => {
    const { model, optimizer } = make(1e38);
    await expect(model.fit({ x, y: data.y.mul(1e6) }, { batchSize: "full" })).rejects.toThrow(
      /^Training expects finite parameters, but got after step 0: parameter \S+ holds -?(NaN|Infinity) in row \d+, column \d+\./,
    );
    expect(optimizer.steps).toBe(1);
  });

  it("leaves the last complete step and its callbacks know why", async () => {
    const { model } = make();
    const ends: unknown[] = [];
    const callback: Callback = {
      onBatchEnd({ batch }) {
        if (batch === 1) poke(model, "2.bias", Number.NaN);
      },
      onTrainEnd: ({ error }) => void ends.push(error),
    };
    const run = model.fit(data, { batchSize: 8, callbacks: [callback] });
    const message =
      "Training expects a finite loss, but got NaN in step 2: parameter 2.bias holds NaN in row 0, column 0. " +
      "Lower the learning rate, scale the inputs, or clip the gradients (globalClipNorm).";
    await expect(run).rejects.toThrow(message);
    expect(ends).toEqual([expect.objectContaining({ message })]);
    expect(model.context.position).toEqual({ step: 2, example: 0 });
  });
});

describe("the first number that is not finite", () => {
  it("is found in a parameter", () => {
    const { model, optimizer } = make();
    poke(model, "0.weight", Number.POSITIVE_INFINITY);
    const before = bits(model);
    expect(() => model.trainBatch(data.x, data.y)).toThrow(
      /step 0: parameter 0.weight holds Infinity in row 0, column 0\./,
    );
    expect(bits(model)).toEqual(before);
    expect(optimizer.steps).toBe(0);
  });

  it("is found in a layer's output", () => {
    class Reciprocal extends Layer {
      static override readonly type = "Reciprocal";
      forward(x: Matrix): Matrix {
        return x.map((v) => 1 / v);
      }
      backward(dy: Matrix): Matrix {
        return dy;
      }
    }
    const nested = new Sequential([new ReLU(), new Reciprocal()]);
    const { model } = make(0.01, [new Dense({ units: 2 }), nested, new Dense({ units: 1 })]);
    const weights = model.getWeights();
    model.setWeights({ ...weights, "0.weight": weights["0.weight"].mul(0) });
    expect(() => model.trainBatch(data.x, data.y)).toThrow(
      /but got (NaN|Infinity) in step 0: layer 1.1, Reciprocal\(\), is the first to put out Infinity, in row 0\./,
    );
  });

  it("is found in the loss alone", () => {
    const model = new Sequential([new Dense({ units: 1 })], { input: [4], dtype: "float64" });
    model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
    expect(() => model.trainBatch(x.as("float64"), Matrix.full(24, 1, 1e200, "float64"))).toThrow(
      /but got Infinity in step 0: only in the loss itself, every output is finite\./,
    );
  });

  it("is found in data that is spoilt while training runs", async () => {
    const { model } = make();
    const spoilt = { x: data.x.copy(), y: data.y };
    const onEpochEnd = () => spoilt.x.set(5, 2, Number.NaN);
    await expect(
      model.fit(spoilt, { epochs: 2, batchSize: 24, shuffle: false, callbacks: [{ onEpochEnd }] }),
    ).rejects.toThrow(/but got NaN in step 1: the input holds NaN in row 5, column 2\./);
  });

  it("is found in a stream's batch before it is used", async () => {
    const { model } = make();
    const twin = make().model;
    const batches = cut(data, 8);
    const bad = batches[2].x.copy();
    bad.set(3, 1, Number.NEGATIVE_INFINITY);
    const run = model.fit([batches[0], batches[1], { ...batches[2], x: bad }]);
    await expect(run).rejects.toThrow(
      "fit expects finite numbers in `x`, but got -Infinity in row 3, column 1.",
    );
    for (const batch of batches.slice(0, 2)) twin.trainBatch(batch.x, batch.y);
    expect(bits(model)).toEqual(bits(twin));
  });
});
