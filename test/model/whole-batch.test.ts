import {
  type Batch,
  Dense,
  Dropout,
  type DType,
  Random,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  Tanh,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { relativeError } from "../support/numbers.js";
import { bits, blobs, cut, weights } from "./support/models.js";

function make(dtype: DType) {
  const layers = [new Dense({ units: 6 }), new Tanh(), new Dropout({ rate: 0.3 }), new Dense({ units: 3 })];
  return new Sequential(layers, { input: [4], seed: 2, dtype }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new SGD({ learningRate: 0.5, momentum: 0.5 }),
  });
}

const weighed = (rows: number, dtype: DType): Batch => ({
  ...blobs(rows, dtype),
  sampleWeight: weights(rows, dtype),
});

/** The same rows in batches of sizes from 1 to 700. */
function raggedly(batch: Batch): Batch[] {
  const random = Random.fromSeed(3);
  const sizes = Array.from({ length: 40 }, (_, i) => 1 + Math.floor(700 * random.uniform(i) ** 3));
  const batches: Batch[] = [];
  let start = 0;
  for (const size of sizes) {
    const end = Math.min(start + size, batch.x.rows);
    const part = (name: "x" | "y") => batch[name].slice(start, end);
    const sampleWeight = batch.sampleWeight?.slice(start, end);
    batches.push({ x: part("x"), y: part("y"), ...(sampleWeight && { sampleWeight }) });
    start = end;
  }
  expect(start).toBe(batch.x.rows);
  return batches; // with empty ones at the end
}

/** The weights after three steps on all rows in one piece: what every other way must come to. */
function inOnePiece(batch: Batch, dtype: DType) {
  const model = make(dtype);
  const losses = [1, 2, 3].map(() => model.trainBatch(batch.x, batch.y, batch.sampleWeight));
  return { losses, numbers: bits(model) };
}

describe.each([
  ["float64", 1e-13],
  ["float32", 1e-5],
] as const)('batchSize "full" in %s', (dtype, tolerance) => {
  const batch = weighed(1300, dtype);
  const whole = inOnePiece(batch, dtype);

  it.each([
    ["rows in memory", batch],
    ["four quarter batches", cut(batch, 325)],
    ["batches of all sizes", raggedly(batch)],
    ["one batch that is larger than a piece", [batch]],
  ])("is the step from all rows in one piece: %s", async (_, source) => {
    const model = make(dtype);
    const { loss } = await model.fit(source, { epochs: 3, batchSize: "full" });
    expect(relativeError(bits(model), whole.numbers)).toBeLessThan(tolerance);
    expect(relativeError(loss, whole.losses)).toBeLessThan(tolerance);
  });

  it("would be told from the mean of the quarters' means", async () => {
    const model = make(dtype);
    const quarters = cut(batch, 400); // the last has 100 rows, which would count four times as much
    const even = quarters.map(({ x, y }) => ({ x, y }));
    await model.fit(even, { epochs: 3, batchSize: "full" });
    expect(relativeError(bits(model), whole.numbers)).toBeGreaterThan(1e-3);
  });
});

it("a weight counts in the step of the whole and not of its piece", async () => {
  const batch = weighed(1300, "float64");
  const halved = { ...batch, sampleWeight: weights(1300, "float64").mul(0.5) };
  const [one, other] = [inOnePiece(batch, "float64"), inOnePiece(halved, "float64")];
  expect(relativeError(one.numbers, other.numbers)).toBeLessThan(1e-13);
});
