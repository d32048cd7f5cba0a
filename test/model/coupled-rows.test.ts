import { Dense, Layer, type Loss, lossOf, Matrix, meanSquaredError, Sequential, SGD } from "chainrule";
import { expect, it } from "vitest";

/** y = x − the mean of its column over the batch */
class Centred extends Layer {
  static override readonly type = "Centred";
  static override readonly traits = { couplesRows: "it subtracts the mean of the batch" };
  forward(x: Matrix): Matrix {
    return x.sub(x.mean("cols"));
  }
  backward(dy: Matrix): Matrix {
    return dy.sub(dy.mean("cols"));
  }
}

const data = (rows: number) => ({ x: Matrix.full(rows, 2, 1), y: Matrix.zeros(rows, 1) });
const model = (loss: Loss = meanSquaredError(), layers: Layer[] = [new Centred()]) =>
  new Sequential([new Sequential(layers), new Dense({ units: 1 })], { input: [2] }).compile({
    loss,
    optimizer: new SGD({ learningRate: 0.1 }),
  });
const full = { batchSize: "full" } as const;

it("refuses what looks across rows where the batch is cut", async () => {
  await expect(model().fit(data(513), full)).rejects.toThrow(
    /^fit with batchSize "full" expects layers and losses that treat each row by itself, but got Centred\(\) \(it subtracts the mean of the batch\)\. Use a smaller batchSize/,
  );
  await expect(model().fit([data(3)], full)).rejects.toThrow(/Centred/);
});

it("takes it in one piece, in mini-batches, and where it was asked for", async () => {
  await model().fit(data(512), full);
  await model().fit(data(513), { batchSize: 100 });
  await model().fit(data(513), { ...full, microBatchStatistics: true });
});

it("refuses a loss that says so", async () => {
  const plain = meanSquaredError();
  const coupled = lossOf({
    ...{ name: "dice", couplesRows: "it is a ratio of sums over the batch" },
    checkTargets: () => {},
    row: () => 0,
  });
  expect(plain.couplesRows).toBeUndefined();
  await expect(model(coupled, [new Dense({ units: 2 })]).fit(data(513), full)).rejects.toThrow(
    /dice \(it is a ratio/,
  );
});
