import {
  accuracy,
  type Batch,
  categoricalCrossEntropy,
  Dense,
  type FitOptions,
  f1,
  logLoss,
  Matrix,
  type Metric,
  matthews,
  rocAuc,
  Sequential,
  SGD,
  Softmax,
  softmaxCrossEntropy,
  topK,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, cut } from "./support/models.js";

const data = blobs(12, "float64");
const isLeftOut = (r: number) => r % 4 === 1 || (r >= 4 && r < 8); // rows 4 to 7 are a whole batch of 4
const counted = Array.from({ length: 12 }, (_, r) => r).filter((r) => !isLeftOut(r));
const kept: Batch = { x: data.x.gather(counted), y: data.y.gather(counted) };
const marked = (index: number): Batch => ({
  x: data.x,
  y: data.y.map((t, r) => (isLeftOut(r) ? index : t)),
});

/** Counts rows, and has no eye for weights. */
const rows: Metric<"rows"> = {
  name: "rows",
  start() {
    let n = 0;
    return {
      add(_, target) {
        n += target.rows;
      },
      value: () => n,
    };
  },
};

const metrics = () => [accuracy(), topK({ k: 2 }), f1(), matthews(), rocAuc(), logLoss(), rows] as const;

function model(ignoreIndex: number, fused = false) {
  const layers = [new Dense({ units: 3 }), ...(fused ? [new Softmax()] : [])];
  return new Sequential(layers, { input: [4], seed: 2, dtype: "float64" }).compile({
    loss: fused ? categoricalCrossEntropy({ ignoreIndex }) : softmaxCrossEntropy({ ignoreIndex }),
    optimizer: new SGD({ learningRate: 0.5 }),
    metrics: metrics(),
  });
}

async function trained(batch: Batch, index: number, options: FitOptions = {}, fused = false) {
  const one = model(index, fused);
  const history = await one.fit(batch, { epochs: 2, batchSize: "full", ...options });
  return { history, numbers: bits(one) };
}

describe.each([-1, -100])("rows whose target is ignoreIndex %s", (index) => {
  it.each([false, true])("are left out of the numbers of evaluate (softmax fused: %s)", async (fused) => {
    for (const batchSize of [512, 4, 1]) {
      const report = await model(index, fused).evaluate(marked(index), { batchSize });
      const want = await model(index, fused).evaluate(kept, { batchSize: 1 });
      expect(report.rows).toBe(counted.length);
      for (const [name, value] of Object.entries(want)) {
        expect(report[name as keyof typeof report], name).toBeCloseTo(value, 12);
      }
    }
  });

  it("are left out of training, and of validation, with all other metrics", async () => {
    const got = await trained(marked(index), index, { validation: marked(index) });
    const want = await trained(kept, index, { validation: kept });
    expect(Object.keys(got.history)).toHaveLength(16);
    for (const [name, values] of Object.entries(want.history)) {
      const found = got.history[name as keyof typeof got.history] as number[];
      expect(found, name).toHaveLength(2);
      for (const [epoch, value] of values.entries()) expect(found[epoch], name).toBeCloseTo(value, 12);
    }
  });

  it("may be a whole batch, which is no step", async () => {
    const batches = cut(marked(index), 4);
    const options = { batchSize: 4 };
    const [all, some] = [model(index), model(index)];
    const history = await all.fit(batches, { epochs: 1, ...options });
    const without = await some.fit([batches[0], batches[2]], { epochs: 1, ...options });
    expect(bits(all)).toEqual(bits(some));
    expect(history).toEqual(without);
    expect(all.trainBatch(batches[1].x, batches[1].y)).toBe(0);
    expect(bits(all)).toEqual(bits(some));
  });

  it("need no weight of their class", async () => {
    const classWeight = { 0: 2, 2: 0.5 };
    const got = await trained(marked(index), index, { classWeight });
    const want = await trained(kept, index, { classWeight });
    for (const [i, value] of want.numbers.entries()) expect(got.numbers[i]).toBeCloseTo(value, 12);
    const cutUp = await trained(marked(index), index, { classWeight, batchSize: 5, shuffle: false });
    expect(cutUp.numbers.every(Number.isFinite)).toBe(true);
    const sampleWeight = Matrix.full(12, 1, 3, "float64");
    const heavy = await trained({ ...marked(index), sampleWeight }, index, { classWeight });
    for (const [i, value] of want.numbers.entries()) expect(heavy.numbers[i]).toBeCloseTo(value, 12);
  });
});

it("still refuses classes that there are not", async () => {
  const classWeight = { 0: 2 };
  await expect(trained(marked(-2), -1, { classWeight })).rejects.toThrow("but got -2");
  await expect(model(-1).evaluate(marked(3))).rejects.toThrow("class indices from 0 to 2, but got 3");
});
