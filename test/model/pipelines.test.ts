import { Dataset } from "chainrule";
import { expect, it } from "vitest";
import { watched } from "../data/support/sources.js";
import { bits, blobs, classifier, cut, weights } from "./support/models.js";

const data = blobs(29);
const examples = () => Dataset.from(data);

it("trains on examples of a pipeline as on the same rows in memory", async () => {
  const [streamed, inMemory] = [classifier().model, classifier().model];
  await streamed.fit(examples().batch(8), { epochs: 3 });
  await inMemory.fit(data, { epochs: 3, batchSize: 8, shuffle: false });
  expect(bits(streamed)).toEqual(bits(inMemory));
});

it("trains in a new order each epoch, the same in every training", async () => {
  const train = async (more = {}) => {
    const { model } = classifier();
    const shuffled = examples().shuffle(16, 4);
    await shuffled.toArray(); // what was read before does not matter
    await model.fit(shuffled.batch(8), { epochs: 3, ...more });
    return bits(model);
  };
  expect(await train()).toEqual(await train());
  const { model } = classifier();
  const order = await examples().shuffle(16, 4).batch(8).toArray();
  await model.fit(order, { epochs: 3 });
  expect(await train()).not.toEqual(bits(model));
});

it("has weights of examples and classes, validation by a stream, and the whole batch", async () => {
  const weighted = { ...data, sampleWeight: weights(29) };
  const options = { epochs: 4, batchSize: "full", classWeight: { 0: 3 } } as const;
  const [streamed, inMemory] = [classifier().model, classifier().model];
  const validation = blobs(15);
  const a = await streamed.fit(Dataset.from(weighted).batch(40), {
    ...options,
    validation: Dataset.from(validation).batch(4),
  });
  const b = await inMemory.fit(weighted, { ...options, validation });
  expect(bits(streamed)).toEqual(bits(inMemory));
  for (const [i, loss] of a.validationLoss?.entries() ?? [])
    expect(loss).toBeCloseTo(b.validationLoss?.[i] ?? 0, 12);
  expect(a.validationLoss).toHaveLength(4);
});

it("stops with the cause where a stream fails midway, after its last complete step, and closes it", async () => {
  const batches = cut(data, 5);
  const { source, seen } = watched(batches, 3);
  const { model } = classifier();
  await expect(model.fit(Dataset.from(source), { epochs: 2 })).rejects.toThrow("the source is gone");
  expect(seen.closed).toBe(seen.opened);
  const whole = classifier().model;
  await whole.fit(batches.slice(0, 3));
  expect(bits(model)).toEqual(bits(whole));
  expect(model.context.position.step).toBe(3);
});

it("names the element in an error of a pipeline, and trains no further", async () => {
  const bad = examples().map((example, i) => (i === 20 ? { ...example, x: [Number.NaN] } : example));
  const { model } = classifier();
  await expect(model.fit(bad.batch(8))).rejects.toThrow(/Dataset\.batch, element 20, expects x of 4 numbers/);
  expect(model.context.position.step).toBe(2);
});

it("asks for a batch when a step is done, and not before", async () => {
  const { source, seen } = watched(cut(data, 5));
  const reads: number[] = [];
  await classifier().model.fit(
    Dataset.from(source).map((batch) => batch),
    {
      callbacks: [{ onBatchEnd: () => void reads.push(seen.read) }],
    },
  );
  expect(reads).toEqual([1, 2, 3, 4, 5, 6]);
});

it("leaves a slow stream at once when it is aborted", async () => {
  const controller = new AbortController();
  const slow = Dataset.from(async function* () {
    yield* cut(data, 5).slice(0, 2);
    setTimeout(() => controller.abort(new Error("enough")), 5);
    await new Promise(() => {});
  });
  const { model } = classifier();
  await expect(model.fit(slow, { signal: controller.signal })).rejects.toThrow("enough");
  expect(model.context.position.step).toBe(2);
});

it("refuses a one-shot pipeline for more epochs than one, before it trains", async () => {
  const { source, seen } = watched(cut(data, 5));
  const once = Dataset.from(source()).map((batch) => batch);
  await expect(classifier().model.fit(once, { epochs: 2 })).rejects.toThrow(
    /that can be gone through 2 times, but got a one-shot/,
  );
  expect(seen.opened).toBe(0);
  await classifier().model.fit(once);
  expect(seen).toMatchObject({ read: 6, closed: 1 });
});

it("says what to do with examples that are no batches", async () => {
  await expect(classifier().model.fit(examples() as never)).rejects.toThrow(
    /Put examples together with \.batch\(32\)/,
  );
});

it("rebatches a pipeline", async () => {
  const sizes: number[] = [];
  const counted = classifier().model;
  await counted.fit(examples().batch(3), {
    batchSize: 7,
    callbacks: [{ onBatchEnd: ({ batch }) => void sizes.push(batch) }],
  });
  expect(sizes).toEqual([0, 1, 2, 3, 4]);
});
