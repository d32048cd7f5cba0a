import {
  Adam,
  ChainruleError,
  Dense,
  Dropout,
  Matrix,
  Random,
  ReLU,
  Sequential,
  setThreads,
  softmaxCrossEntropy,
} from "chainrule";
import { afterAll, describe, expect, it } from "vitest";
import * as curves from "../../src/kernels/curves.js";
import type { Kernels } from "../../src/kernels/kernels.js";
import { ModelMemory } from "../../src/kernels/memory/model-memory.js";
import { chooseNumerics, moduleFor } from "../../src/kernels/simd/engine.js";
import { kernelsOn, modelKernels } from "../../src/kernels/simd.js";
import { readyThreads, sharedHeap } from "../../src/kernels/threads/pool.js";
import { expectBits } from "./compare.js";
import { roughNumbers } from "./workbench.js";

const kinds = (["exact", "fast"] as const).filter((kind) => moduleFor(kind) !== undefined);
afterAll(() => {
  chooseNumerics(kinds[kinds.length - 1]);
  setThreads(1);
});

/** Waits until so many threads compute, the caller's counted. */
async function withThreads(count: number): Promise<void> {
  setThreads(count);
  for (let i = 0; readyThreads() < count - 1; i++) {
    if (i > 500) throw new Error(`${readyThreads()} of ${count - 1} threads came`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const numbers = (length: number, seed: number) => {
  const some = roughNumbers(4001, seed);
  return Float32Array.from({ length }, (_, i) => some[(i * 7 + seed) % 4001]);
};

/** What a set of kernels makes of big operands of odd sizes: every kernel that threads share. */
function resultsOf(kernels: Kernels): Record<string, readonly number[]> {
  const make = (rows: number, cols: number, seed: number) => {
    const m = new Matrix(rows, cols, kernels.allocate(rows * cols));
    m.data.set(numbers(rows * cols, seed));
    return m;
  };
  const results: Record<string, readonly number[]> = {};
  const keep = (name: string, m: Matrix) => {
    results[name] = [...m.data];
  };
  for (const [m, k, n] of [
    [131, 67, 53],
    [53, 67, 131],
    [1, 1031, 517],
    [517, 1031, 1],
    [301, 2, 503],
  ] as const) {
    const [a, b, y] = [make(m, k, 1), make(k, n, 2), make(m, n, 3)];
    kernels.product(a, b, y, true);
    keep(`product ${m} ${k} ${n}`, y);
    const [c, z] = [make(n, k, 4), make(m, n, 5)];
    kernels.productTransposed(a, c, z);
    keep(`productTransposed ${m} ${k} ${n}`, z);
    const w = make(k, n, 6);
    kernels.transposedProduct(a, make(m, n, 7), w, true);
    keep(`transposedProduct ${m} ${k} ${n}`, w);
    kernels.descendProduct(a, make(m, n, 8), 3, -0.1, w);
    keep(`descendProduct ${m} ${k} ${n}`, w);
  }
  const [x, y, dy, v, square] = [1, 2, 3, 4, 5].map((seed) => make(187, 211, seed));
  kernels.map(curves.tanh, x, y);
  keep("map", y);
  kernels.map(curves.leakyRelu, x, y, -0);
  keep("map by −0", y);
  kernels.mapGradient(curves.tanh, x, y, dy, v);
  keep("mapGradient", v);
  kernels.addScaled(x, 0.3, y);
  keep("addScaled", y);
  kernels.divide(y, 3, y);
  keep("divide", y);
  kernels.momentum(x, 0.9, v);
  keep("momentum", v);
  kernels.descend(x, 3, -0.1, v);
  keep("descend", v);
  kernels.multiply(square, square, square);
  kernels.adam(x, v, square, y, { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, rate: 0.1, root: 0.5 });
  keep("adam", y);
  return results;
}

describe.each(kinds)("%s arithmetic", (kind) => {
  it("gives the same bits on 1, 2, 3 and 4 threads as without", { timeout: 60_000 }, async () => {
    chooseNumerics(kind);
    const alone = resultsOf(modelKernels());
    for (const count of [1, 2, 3, 4]) {
      await withThreads(count);
      const shared = new ModelMemory(sharedHeap());
      const together = resultsOf(kernelsOn(shared));
      for (const [name, wanted] of Object.entries(alone)) {
        expectBits(`${name} on ${count} threads`, together[name], wanted);
      }
    }
  });

  it("trains to the same bits on 1 to 4 threads", { timeout: 60_000 }, async () => {
    chooseNumerics(kind);
    const random = Random.fromSeed(4);
    const x = Matrix.zeros(390, 203).map((_, r, c) => random.uniform(203 * r + c) - 0.5);
    const y = Matrix.zeros(390, 1).map((_, r) => r % 10);
    const train = async () => {
      const layers = [
        new Dense({ units: 301 }),
        new ReLU(),
        new Dropout({ rate: 0.2 }),
        new Dense({ units: 10 }),
      ];
      const model = new Sequential(layers, { input: [203], seed: 3 });
      model.compile({ loss: softmaxCrossEntropy(), optimizer: new Adam() });
      await model.fit({ x, y }, { epochs: 4, batchSize: 131 });
      return { model, weights: Object.values(model.getWeights()).flatMap(({ data }) => [...data]) };
    };
    setThreads(1);
    const alone = await train();
    for (const count of [2, 3, 4]) {
      await withThreads(count);
      const { model, weights } = await train();
      const { buffer } = model.parameters[0].value.data;
      expect(buffer, "the model is where threads are").toBeInstanceOf(SharedArrayBuffer);
      expectBits(`weights on ${count} threads`, weights, alone.weights);
    }
  });
});

describe("setThreads", () => {
  it.each([0, -1, 1.5, 65, Number.NaN, "2", undefined])("refuses %s", (count) => {
    expect(() => setThreads(count as number)).toThrow(ChainruleError);
    expect(() => setThreads(count as number)).toThrow(
      /^setThreads expects a whole number from 1 to 64, but got /,
    );
  });
});
