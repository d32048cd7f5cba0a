import {
  ChainruleError,
  Dense,
  kernels,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
  setNumerics,
  setThreads,
} from "chainrule";
import { afterAll, expect, it } from "vitest";
import { moduleFor } from "../../src/kernels/simd/engine.js";

const hasFused = moduleFor("fast") !== undefined;
afterAll(() => setNumerics(hasFused ? "fast" : "exact"));

it("says what computes, and uses fused arithmetic where the engine has it", () => {
  const { name, simd, fused, threads, microKernel } = kernels();
  expect({ name, simd, fused }).toEqual({ name: "simd", simd: true, fused: hasFused });
  expect(threads).toBeGreaterThanOrEqual(1);
  expect(microKernel).toMatch(/^\d×\d+$/);
});

it("computes exactly where that is wanted", () => {
  setNumerics("exact");
  expect(kernels().fused).toBe(false);
  // 1 − (1 + ε)·(1 − ε) is ε² if rounded once, and 0 if the product is rounded first.
  const epsilon = 2 ** -13;
  const [a, b] = [Matrix.from([[1, 1 + epsilon]]), Matrix.from([[1], [epsilon - 1]])];
  expect(a.matmul(b).at(0, 0)).toBe(0);
  if (!hasFused) return;
  setNumerics("fast");
  expect(kernels().fused).toBe(true);
  expect(a.matmul(b).at(0, 0)).toBe(epsilon * epsilon);
});

it("refuses fused arithmetic where there is none, and words that it does not know", () => {
  expect(() => setNumerics("quick" as "fast")).toThrow(
    /^setNumerics expects "fast" or "exact", but got "quick"\.$/,
  );
  if (!hasFused) expect(() => setNumerics("fast")).toThrow(/relaxed SIMD that fuses: Node 22 or newer/);
});

it("changes nothing while a model trains", async () => {
  const [x, y] = [Matrix.full(8, 3, 1), Matrix.full(8, 1, 1)];
  const model = new Sequential([new Dense({ units: 1 })], { input: [3] });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.01 }) });
  const errors: unknown[] = [];
  const onBatchEnd = () => {
    for (const change of [() => setNumerics("exact"), () => setThreads(1)]) {
      try {
        change();
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await model.fit({ x, y }, { callbacks: [{ onBatchEnd }] });
  expect(errors).toHaveLength(2);
  for (const error of errors) {
    expect(error).toBeInstanceOf(ChainruleError);
    expect((error as Error).message).toMatch(
      /^set\w+ expects no model to be training, but got 1 running fit\./,
    );
  }
  setNumerics("exact");
});
