import { describe, expect, it } from "vitest";
import {
  descentLaw,
  freezingLaw,
  makeOptimizer,
  parametersOf,
  quadratic,
  scheduleLaw,
  stateLaw,
  thawingLaw,
} from "../support/optimizer-laws.js";
import { optimizerClasses } from "../support/subjects.js";

describe.each(optimizerClasses.map((Class) => [Class.type, Class] as const))("%s", (type, Class) => {
  it("is called as its class is", () => expect((Class as unknown as { name: string }).name).toBe(type));
  it("goes down a bowl", () => descentLaw(Class));
  it("asks a schedule once a step", () => scheduleLaw(Class));
  it("leaves frozen parameters alone", () => freezingLaw(Class));
  // The steps of LBFGS are of all that is trained together.
  if (type !== "LBFGS") it("counts the updates of each parameter", () => thawingLaw(Class));
  it.each(["float32", "float64"] as const)("has all its state in scalars and slots, %s", (dtype) =>
    stateLaw(Class, dtype),
  );
  it("clips", () => {
    const bounds = [
      [{ clipValue: 0.1 }, (norms: number[], largest: number) => largest <= 0.1 && norms.every((n) => n > 0)],
      [{ clipNorm: 0.1 }, (norms: number[]) => norms.every((n) => Math.abs(n - 0.1) < 1e-12)],
      [{ globalClipNorm: 0.1 }, (norms: number[]) => Math.abs(Math.hypot(...norms) - 0.1) < 1e-12],
    ] as const;
    for (const [options, holds] of bounds) {
      const parameters = parametersOf("float64");
      quadratic(parameters);
      makeOptimizer(Class, options).step(parameters);
      const norms = parameters.map(({ grad }) => Math.hypot(...grad.data));
      expect(holds(norms, Math.max(...parameters.flatMap(({ grad }) => [...grad.data].map(Math.abs))))).toBe(
        true,
      );
    }
  });
  it("refuses unknown options", () =>
    expect(() => makeOptimizer(Class, { learningrate: 1 })).toThrow(/Did you mean "learningRate"/));
});
