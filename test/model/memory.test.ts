import {
  Adam,
  Dense,
  Dropout,
  kernels,
  Matrix,
  meanSquaredError,
  ReLU,
  Sequential,
  SGD,
  setThreads,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ModelMemory } from "../../src/kernels/memory/model-memory.js";

const memoryOf = (model: Sequential) => model.parameters[0].value.storage.memory as ModelMemory;

const make = (optimizer: Adam | SGD) => {
  const layers = [new Dense({ units: 33 }), new ReLU(), new Dropout({ rate: 0.1 }), new Dense({ units: 5 })];
  return new Sequential(layers, { input: [21], seed: 1 }).compile({ loss: softmaxCrossEntropy(), optimizer });
};
const batch = (rows: number) => [Matrix.full(rows, 21, 0.5), Matrix.zeros(rows, 1)] as const;

describe.each([
  ["SGD", () => new SGD({ learningRate: 0.01 })],
  ["SGD with momentum", () => new SGD({ learningRate: 0.01, momentum: 0.9 })],
  ["Adam", () => new Adam()],
])("a warm step of %s", (_, optimizer) => {
  it("allocates nothing in kernel memory, whatever batches come again", () => {
    const model = make(optimizer());
    const sizes = [32, 7, 1, 32, 19];
    for (const rows of sizes) model.trainBatch(...batch(rows));
    model.predict(batch(19)[0]);
    const { heap } = memoryOf(model);
    const [used, bytes] = [heap.used, heap.buffer.byteLength];
    for (let step = 0; step < 1000; step++) model.trainBatch(...batch(sizes[step % sizes.length]));
    model.predict(batch(19)[0]);
    expect(memoryOf(model).heap).toBe(heap);
    expect([heap.used, heap.buffer.byteLength]).toEqual([used, bytes]);
  });

  it("allocates next to nothing on the heap", () => {
    const model = make(optimizer());
    const [x, y] = batch(32);
    const grow = (steps: number) => {
      const before = process.memoryUsage().heapUsed;
      for (let step = 0; step < steps; step++) model.trainBatch(x, y);
      return (process.memoryUsage().heapUsed - before) / steps;
    };
    grow(20_000); // until the engine has compiled all
    // A collection between two looks makes the growth negative, which tells nothing: most looks are too short for one.
    const growths = Array.from({ length: 41 }, () => grow(200)).filter((bytes) => bytes >= 0);
    expect(growths.length).toBeGreaterThan(20);
    growths.sort((a, b) => a - b);
    expect(growths[growths.length >> 1], "bytes a step").toBeLessThan(4096);
  });
});

it("gives buffers back that became too small", () => {
  // On threads, a model that trains much moves to a memory that holds their scratch as well.
  const { threads } = kernels();
  onTestFinished(() => setThreads(threads));
  setThreads(1);
  const model = make(new Adam());
  model.trainBatch(...batch(600));
  const { heap } = memoryOf(model);
  const { used } = heap;
  const growing = make(new Adam());
  for (let rows = 1; rows <= 600; rows++) growing.trainBatch(...batch(rows));
  expect(memoryOf(growing).heap.used).toBeLessThanOrEqual(1.1 * used);
});

it("gives back what an old compile took, and keeps an old optimizer's state", () => {
  const model = make(new Adam());
  const first = new Adam({ learningRate: 0.01 });
  const compile = (optimizer: Adam) => {
    model.compile({ loss: softmaxCrossEntropy(), optimizer });
    model.trainBatch(...batch(32));
    return memoryOf(model).heap.used;
  };
  compile(first);
  const m = Array.from(first.slot(model.parameters[0], "m").data);
  const used = compile(new Adam());
  for (let i = 0; i < 10; i++) expect(compile(new Adam())).toBe(used);
  expect(Array.from(first.slot(model.parameters[0], "m").data)).toEqual(m);
});

it("forgets a buffer for which there was no memory", () => {
  const wide = () =>
    new Sequential([new Dense({ units: 3_000_000, useBias: false })], { input: [2], seed: 1 }).compile({
      loss: meanSquaredError(),
      optimizer: new SGD({ learningRate: 0.1 }),
    });
  const [x, y] = [Matrix.from([[1, 2]]), Matrix.full(1, 3_000_000, 5)];
  const [model, unhurt] = [wide(), wide()];
  model.predict(x);
  expect(() => model.predict(Matrix.full(600, 2, 1))).toThrow(/fewer numbers than memory can hold/);
  expect(model.trainBatch(x, y)).toBe(unhurt.trainBatch(x, y));
});
