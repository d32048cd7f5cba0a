import type { Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import { adamax, lion, moments, rectified } from "../../../src/kernels/catalogue/moment-steps.js";
import { adadelta, adagrad, rmsprop } from "../../../src/kernels/catalogue/scale-steps.js";
import { stepsFor } from "../../../src/kernels/catalogue/step-exports.js";
import type { Kernels } from "../../../src/kernels/kernels.js";
import { referenceKernels } from "../../../src/kernels/reference.js";
import { modelKernels } from "../../../src/kernels/simd.js";
import { expectBits } from "../compare.js";
import { PLACES, roughNumbers, Workbench, wildNumbers } from "../workbench.js";

const simd = modelKernels();
const portable = referenceKernels("float32");

type Step = (g: Matrix, a: Matrix, b: Matrix, c: Matrix, w: Matrix) => void;

const betas = { beta1: 0.9, beta2: 0.999 };
const rmspropStep = { eta: 0.01, alpha: 0.99, mu: 0.9, epsilon: 1e-8 };

const steps: Readonly<Record<string, Step>> = {
  adagrad: (g, a, _b, _c, w) => adagrad(g, a, w, 0.1, 0.3, 1e-10),
  adadelta: (g, a, b, _c, w) => adadelta(g, a, b, w, 0.7, 0.9, 1e-6),
  rmsprop: (g, a, _b, _c, w) => rmsprop(g, a, undefined, undefined, w, rmspropStep),
  "rmsprop, centred": (g, a, b, _c, w) => rmsprop(g, a, b, undefined, w, rmspropStep),
  "rmsprop with momentum": (g, a, b, _c, w) => rmsprop(g, a, undefined, b, w, rmspropStep),
  "rmsprop with both": (g, a, b, c, w) => rmsprop(g, a, b, c, w, rmspropStep),
  adamax: (g, a, b, _c, w) => adamax(g, a, b, w, { ...betas, rate: 0.01, epsilon: 1e-8 }),
  moments: (g, a, b, _c, w) =>
    moments(g, a, b, w, { ...betas, now: 0.003, next: 0.01, root: 0.3, epsilon: 1e-8 }),
  rectified: (g, a, b, _c, w) => rectified(g, a, b, w, { ...betas, rate: 0.01, scale: 0.3, epsilon: 1e-8 }),
  "rectified, early": (g, a, b, _c, w) =>
    rectified(g, a, b, w, { ...betas, rate: 0.01, scale: 0, epsilon: 1e-8 }),
  lion: (g, a, _b, _c, w) => lion(g, a, w, { ...betas, rate: 0.01, decay: 0.1 }),
};

it("is at work here", () => {
  const one = (kernels: Kernels) => new Workbench(kernels, "kernels").matrix(1, 1, [1]);
  expect(stepsFor(one(simd))).toBeDefined();
  expect(stepsFor(one(portable))).toBeUndefined();
});

describe.each(Object.entries(steps))("%s", (_, step) => {
  it("takes the same bits as the portable loop, three times over", () => {
    for (const places of PLACES) {
      for (const length of [1, 2, 3, 4, 5, 8, 16, 67, 400]) {
        for (const numbers of [roughNumbers, wildNumbers]) {
          const run = (kernels: Kernels) => {
            const bench = new Workbench(kernels, places);
            const make = (seed: number) => bench.matrix(1, length, numbers(length, seed));
            const [g, a, b, c, w] = [1, 2, 3, 4, 5].map(make);
            for (const { data } of [a, b, c]) for (let i = 0; i < length; i++) data[i] = Math.abs(data[i]);
            for (let t = 0; t < 3; t++) step(g, a, b, c, w);
            bench.expectFrames();
            return { g, a, b, c, w };
          };
          const [got, want] = [run(simd), run(portable)];
          for (const name of ["g", "a", "b", "c", "w"] as const) {
            expectBits(`${name} of ${length} numbers, ${places}`, got[name].data, [...want[name].data]);
          }
        }
      }
    }
  });
});
