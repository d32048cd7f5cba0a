import type { Kernels } from "../../../src/kernels/kernels.js";
import { expectBits } from "../compare.js";
import * as naive from "../naive.js";
import { roughNumbers, Workbench, wildNumbers } from "../workbench.js";
import { overSizes } from "./arithmetic.js";

/** w += s·(g / divisor), every operation rounded. */
export function descendLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    for (const [divisor, s] of [
      [1, -0.1],
      [3, 0.7],
    ]) {
      const bench = new Workbench(kernels, places);
      const [g, w] = [1, 2].map((seed) => bench.matrix(rows, cols, wildNumbers(rows * cols, seed)));
      const wanted = Array.from(w.data, (v, i) => r(v + r(r(s) * r(g.data[i] / r(divisor)))));
      kernels.descend(g, divisor, s, w);
      expectBits(`descend [${rows} × ${cols}]`, w.data, wanted);
      bench.expectFrames();
    }
  });
}

/** w += s·(xᵀ·dy / divisor) has the bits of the gradient formed, divided and added: also where x is mostly 0. */
export function descendProductLaw(kernels: Kernels): void {
  const sparse = (length: number, seed: number) =>
    roughNumbers(length, seed).map((v, i) => (i % 5 === 0 ? v : 0));
  for (const batch of [0, 1, 2, 3, 8, 33, 600]) {
    for (const inputs of [1, 2, 5, 13, 67]) {
      for (const units of [1, 3, 4, 10, 17, 67]) {
        for (const [numbers, divisor] of [
          [roughNumbers, 1],
          [sparse, 3],
          [wildNumbers, 1],
        ] as const) {
          const bench = new Workbench(kernels);
          const repeated = (length: number, seed: number) => {
            const some = numbers(Math.min(length, 4000), seed);
            return Array.from({ length }, (_, i) => some[i % some.length]);
          };
          const x = bench.matrix(batch, inputs, repeated(batch * inputs, 1));
          const dy = bench.matrix(batch, units, repeated(batch * units, 2));
          const w = bench.matrix(inputs, units, roughNumbers(inputs * units, 3));
          const wanted = bench.copy(w);
          const gradient = bench.matrix(inputs, units, new Float64Array(inputs * units));
          kernels.transposedProduct(x, dy, gradient);
          kernels.divide(gradient, divisor, gradient);
          kernels.addScaled(gradient, -0.1, wanted);
          kernels.descendProduct(x, dy, divisor, -0.1, w);
          expectBits(`descendProduct [${batch} × ${inputs}]ᵀ·[${batch} × ${units}]`, w.data, wanted.data);
          bench.expectFrames();
        }
      }
    }
  }
}
