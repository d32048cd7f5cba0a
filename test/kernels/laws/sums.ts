import type { Kernels } from "../../../src/kernels/kernels.js";
import { expectBits } from "../compare.js";
import * as naive from "../naive.js";
import { roughNumbers, Workbench, wildNumbers } from "../workbench.js";
import { overSizes } from "./arithmetic.js";

const kinds = [roughNumbers, wildNumbers];

/** y_c = Σ_r x_rc, or added to what y held, in ascending order. */
export function columnSumsLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    for (const numbers of kinds) {
      const bench = new Workbench(kernels, places);
      const x = bench.matrix(rows, cols, numbers(rows * cols, 1));
      const y = bench.matrix(1, cols, numbers(cols, 2));
      const column = (c: number) => Array.from({ length: rows }, (_, i) => x.data[i * cols + c]);
      const added = naive.grid(1, cols, (_, c) => naive.sum(r, column(c), y.data[c]));
      kernels.columnSums(x, y, true);
      expectBits(`columnSums [${rows} × ${cols}], accumulated`, y.data, added);
      kernels.columnSums(x, y);
      expectBits(
        `columnSums [${rows} × ${cols}]`,
        y.data,
        naive.grid(1, cols, (_, c) => naive.sum(r, column(c))),
      );
      bench.expectFrames();
    }
  });
}

/** y_r = Σ_c x_rc, in ascending order; Σ x in float64 whatever the width. */
export function rowSumsLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    for (const numbers of kinds) {
      const bench = new Workbench(kernels, places);
      const x = bench.matrix(rows, cols, numbers(rows * cols, 1));
      const y = bench.matrix(rows, 1, numbers(rows, 2));
      kernels.rowSums(x, y);
      const sums = naive.grid(rows, 1, (i) => naive.sum(r, [...x.data.subarray(i * cols, (i + 1) * cols)]));
      expectBits(`rowSums [${rows} × ${cols}]`, y.data, sums);
      const total = naive.sum((t) => t, [...x.data]);
      expectBits(`sum [${rows} × ${cols}]`, [kernels.sum(x)], [total]);
      bench.expectFrames();
    }
  });
}

/** allFinite sees a NaN or an infinity in any place, and nothing else. */
export function allFiniteLaw(kernels: Kernels): void {
  const bench = new Workbench(kernels);
  const expectAnswer = (numbers: number[], wanted: boolean, what: string) => {
    if (kernels.allFinite(bench.matrix(1, numbers.length, numbers)) !== wanted) {
      throw new Error(`allFinite of ${what}: ${!wanted}`);
    }
  };
  for (let length = 0; length <= 19; length++) {
    const numbers = roughNumbers(length, 1);
    expectAnswer(numbers, true, `${length} ordinary numbers`);
    expectAnswer(
      numbers.map(() => 3.4e38),
      true,
      `${length} giants`,
    );
    for (let i = 0; i < length; i++) {
      for (const x of [Number.NaN, Infinity, -Infinity, -0, 1e-45, 3.4e38, -3.4e38]) {
        const changed = numbers.map((old, j) => (j === i ? x : old));
        expectAnswer(changed, Number.isFinite(x), `${x} at ${i}`);
      }
    }
  }
}
