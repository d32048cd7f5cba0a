import { type Batch, Dense, type FitOptions, Matrix, meanSquaredError, Sequential, SGD } from "chainrule";
import { describe, expect, it } from "vitest";
import { blobs, classifier, cut, weights } from "./support/models.js";
import { Recorder } from "./support/recorder.js";

const data = blobs(40);
const other = blobs(20, "float32", "other");

/** The rows that are trained on, by number; the others are kept for validation. */
async function trainedOn(options: FitOptions, { seed = 1, rows = 40, fits = 1 } = {}): Promise<number[][]> {
  const recorder = new Recorder();
  const model = new Sequential([recorder, new Dense({ units: 1 })], { input: [1], seed });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 1e-6 }) });
  const x = Matrix.zeros(rows, 1).map((_, r) => r);
  for (let i = 0; i < fits; i++) await model.fit({ x, y: x }, { batchSize: rows, ...options });
  return recorder.seen;
}

describe("validationSplit", () => {
  it("keeps its share apart in every epoch and every fit, whatever the shuffling", async () => {
    const epochs = await trainedOn({ validationSplit: 0.3, epochs: 2 }, { fits: 2 });
    const sets = epochs.map((rows) => String([...rows].sort((a, b) => a - b)));
    expect(epochs[0].length).toBe(28);
    expect(new Set(sets).size).toBe(1);
    expect(new Set(epochs.map(String)).size).toBe(4);
    const [unshuffled] = await trainedOn({ validationSplit: 0.3, shuffle: false });
    expect(String(unshuffled)).toBe(sets[0]); // in the order of the data
    const [whole] = await trainedOn({ validationSplit: 0.3, batchSize: "full" });
    expect(String(whole)).toBe(sets[0]);
  });

  it("chooses by the seed, and not the last rows", async () => {
    const of = async (seed: number) =>
      String(await trainedOn({ validationSplit: 0.25, shuffle: false }, { seed }));
    const last = String(Array.from({ length: 30 }, (_, r) => r));
    expect(await of(1)).toBe(await of(1));
    expect(await of(1)).not.toBe(await of(2));
    expect(await of(1)).not.toBe(last);
  });

  it.each([
    [0.1, 40, 36],
    [0.99, 40, 1],
    [0.025, 40, 39],
    [0, 40, 40],
  ])("of %d leaves of %d rows %d to train on", async (validationSplit, rows, left) => {
    expect((await trainedOn({ validationSplit }, { rows }))[0].length).toBe(left);
  });

  it("measures the rows that it kept, with their weights", async () => {
    const weighed = { ...data, sampleWeight: weights(40) };
    const { model } = classifier();
    const numbered = { ...weighed, x: data.x.map((v, r, c) => (c === 0 ? r / 40 : v)) };
    const { validationLoss } = await model.fit(numbered, { validationSplit: 0.25 });

    const seen = await trainedOn({ validationSplit: 0.25, shuffle: false }, { seed: 5 });
    const kept = Array.from({ length: 40 }, (_, r) => r).filter((r) => !seen[0].includes(r));
    const pick = (m: Matrix) => m.gather(kept);
    const { x, y, sampleWeight } = numbered;
    const { loss } = await model.evaluate({ x: pick(x), y: pick(y), sampleWeight: pick(sampleWeight) });
    expect(validationLoss?.[0]).toBeCloseTo(loss, 12);
  });
});

describe("validation data", () => {
  async function* stream() {
    for (const batch of cut(other, 7)) yield batch;
  }
  const forms: readonly [string, () => NonNullable<FitOptions["validation"]>][] = [
    ["rows in memory", () => other],
    ["an array of batches", () => cut(other, 6)],
    ["a dataset that starts anew", () => ({ [Symbol.asyncIterator]: stream })],
  ];

  it.each(forms)("is measured after each epoch as evaluate does: %s", async (_, form) => {
    const { model } = classifier();
    const measured: number[] = [];
    const onEpochEnd = async () => void measured.push((await model.evaluate(other)).loss);
    const history = await model.fit(data, { epochs: 3, validation: form(), callbacks: [{ onEpochEnd }] });
    expect(history.validationAccuracy?.length).toBe(3);
    history.validationLoss?.forEach((loss, epoch) => {
      expect(loss).toBeCloseTo(measured[epoch], 12);
    });
  });

  it("may be a one-shot stream for a single epoch", async () => {
    const { model } = classifier();
    const { validationLoss } = await model.fit(data, { validation: stream() });
    expect(validationLoss?.[0]).toBeCloseTo((await model.evaluate(other)).loss, 12);
  });

  it("changes nothing in the training", async () => {
    const run = async (options: FitOptions, batch: Batch = data) => {
      const { model } = classifier();
      const { loss, accuracy } = await model.fit(batch, { epochs: 3, ...options });
      return { loss, accuracy, weights: model.getWeights() };
    };
    expect(await run({ validation: other })).toEqual(await run({}));
    expect(await run({ validation: other, batchSize: "full" })).toEqual(await run({ batchSize: "full" }));
  });
});
