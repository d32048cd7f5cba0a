import type { Kernels } from "../../../src/kernels/kernels.js";
import { expectBits } from "../compare.js";
import * as naive from "../naive.js";
import { roughNumbers, Workbench, wildNumbers } from "../workbench.js";
import { overSizes } from "./arithmetic.js";

const kinds = [roughNumbers, wildNumbers];

/** v = μ·v + g */
export function momentumLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    for (const numbers of kinds) {
      const bench = new Workbench(kernels, places);
      const [g, v] = [1, 2].map((seed) => bench.matrix(rows, cols, numbers(rows * cols, seed)));
      const [wanted, kept] = [Array.from(g.data, (x, i) => naive.momentum(r, x, 0.9, v.data[i])), g.copy()];
      kernels.momentum(g, 0.9, v);
      expectBits(`momentum [${rows} × ${cols}]`, v.data, wanted);
      expectBits("the gradient after momentum", g.data, kept.data);
      bench.expectFrames();
    }
  });
}

/** m, v and w of Adam, at the first step, later, and where nothing was learnt yet. */
export function adamLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  const early = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 0.01, root: 0.031622776601683764 };
  const late = { beta1: 0.8, beta2: 0.95, epsilon: 1e-3, rate: 0.123, root: 0.97 };
  overSizes(([rows, cols], places) => {
    for (const [numbers, step, isLargest] of [
      [roughNumbers, early, false],
      [wildNumbers, late, false],
      [roughNumbers, late, true],
      [wildNumbers, early, true],
    ] as const) {
      const bench = new Workbench(kernels, places);
      const make = (seed: number) => bench.matrix(rows, cols, numbers(rows * cols, seed));
      const [g, m, v, w] = [make(1), make(2), make(3).map(Math.abs), make(4)];
      const square = bench.copy(v);
      const largest = isLargest ? bench.copy(make(5).map(Math.abs)) : undefined;
      const wanted = Array.from(g.data, (x, i) =>
        naive.adam(r, x, m.data[i], square.data[i], w.data[i], step, largest?.data[i]),
      );
      kernels.adam(g, m, square, w, step, largest);
      const what = `after adam [${rows} × ${cols}]`;
      expectBits(
        `m ${what}`,
        m.data,
        wanted.map((number) => number.m),
      );
      expectBits(
        `v ${what}`,
        square.data,
        wanted.map((number) => number.v),
      );
      expectBits(
        `w ${what}`,
        w.data,
        wanted.map((number) => number.w),
      );
      if (largest !== undefined) {
        expectBits(
          `largest ${what}`,
          largest.data,
          wanted.map((number) => number.largest),
        );
      }
      bench.expectFrames();
    }
  });
  const bench = new Workbench(kernels);
  const [g, m, v, w] = [0, 0, 0, 1].map((x) => bench.matrix(1, 1, [x]));
  kernels.adam(g, m, v, w, early);
  expectBits("w after a gradient of 0", w.data, [1]);
}
