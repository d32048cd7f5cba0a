import fc from "fast-check";
import type { Block, Kernels } from "../../../src/kernels/kernels.js";
import { expectBits } from "../compare.js";
import * as naive from "../naive.js";
import { PLACES, type Places, Workbench, wildNumbers } from "../workbench.js";

type Size = readonly [number, number];

/** Runs a check over all small sizes and some larger ones. */
export function overSizes(check: (size: Size, places: Places) => void): void {
  for (const places of PLACES) {
    for (let rows = 0; rows <= 5; rows++) for (let cols = 0; cols <= 19; cols++) check([rows, cols], places);
    const law = fc.property(fc.tuple(fc.nat(67), fc.nat(67)), (size) => check(size, places));
    fc.assert(law, { seed: 6, numRuns: 30 });
  }
}

const operations = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
};

type Operation = keyof typeof operations;

/** y = a ∘ b for b a matrix, a row or a number; y may be a, or b where that is as large. */
export const elementwiseLaw = (name: Operation) => (kernels: Kernels) => {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    const bench = new Workbench(kernels, places);
    const make = (height: number, seed: number) =>
      bench.matrix(height, cols, wildNumbers(height * cols, seed));
    const [a, whole, row] = [make(rows, 1), make(rows, 2), make(1, 3)];
    const wanted = (b: Block | number) =>
      naive.grid(rows, cols, (i, j) => {
        const right = typeof b === "number" ? r(b) : naive.at(b, i, j);
        return r(operations[name](a.data[i * cols + j], right));
      });
    for (const b of [whole, row, 0.1, -0, Number.NaN, Infinity]) {
      const what = `${name} [${rows} × ${cols}] with ${typeof b === "number" ? b : `${b.rows} rows`}`;
      const [y, inPlace] = [make(rows, 4), bench.copy(a)];
      kernels[name](a, b, y);
      expectBits(what, y.data, wanted(b));
      kernels[name](inPlace, b, inPlace);
      expectBits(`${what}, into a`, inPlace.data, wanted(b));
    }
    const other = bench.copy(whole);
    kernels[name](a, other, other);
    expectBits(`${name} [${rows} × ${cols}], into b`, other.data, wanted(whole));
    bench.expectFrames();
  });
};

/** y += s·x: the product is rounded before it is added. */
export function addScaledLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    for (const s of [-0.1, 3.7, 0, Number.NaN]) {
      const bench = new Workbench(kernels, places);
      const x = bench.matrix(rows, cols, wildNumbers(rows * cols, 1));
      const y = bench.matrix(rows, cols, wildNumbers(rows * cols, 2));
      const scaled = (to: Block) =>
        Array.from(to.data, (v, i) => {
          const term = r(r(s) * x.data[i]);
          return r(v + term);
        });
      const [wanted, wantedOfItself] = [scaled(y), scaled(x)];
      kernels.addScaled(x, s, y);
      expectBits(`addScaled [${rows} × ${cols}] by ${s}`, y.data, wanted);
      kernels.addScaled(x, s, x);
      expectBits(`addScaled [${rows} × ${cols}] to itself`, x.data, wantedOfItself);
      bench.expectFrames();
    }
  });
}

/** fill, copy, gather and transpose move numbers and change none, −0 and NaN neither. */
export function movingLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    const bench = new Workbench(kernels, places);
    const x = bench.matrix(rows, cols, wildNumbers(rows * cols, 1));
    const what = `of [${rows} × ${cols}]`;
    for (const s of [0, -0, 0.1, Number.NaN]) {
      const y = bench.copy(x);
      kernels.fill(y, s);
      expectBits(
        `fill ${what}`,
        y.data,
        naive.grid(rows, cols, () => r(s)),
      );
    }

    const copied = bench.matrix(rows, cols, wildNumbers(rows * cols, 2));
    kernels.copy(x, copied);
    expectBits(`copy ${what}`, copied.data, x.data);

    const turned = bench.matrix(cols, rows, wildNumbers(rows * cols, 3));
    kernels.transpose(x, turned);
    expectBits(
      `transpose ${what}`,
      turned.data,
      naive.grid(cols, rows, (i, j) => x.data[j * cols + i]),
    );

    if (rows === 0) return;
    // Backwards, with a row twice, from the second entry of a longer list.
    const index = [0, ...Array.from({ length: rows + 1 }, (_, i) => Math.max(0, rows - 1 - i)), 0];
    for (const order of [index, Uint32Array.from(index)]) {
      const some = bench.matrix(rows + 1, cols, wildNumbers((rows + 1) * cols, 4));
      kernels.gather(x, order, 1, some);
      const wanted = naive.grid(rows + 1, cols, (i, j) => x.data[index[i + 1] * cols + j]);
      expectBits(`gather ${what}`, some.data, wanted);
    }
    bench.expectFrames();
  });
}

/** `allocate` gives zeros of the kernels' width; a part is a window on the same numbers. */
export function memoryLaw({ allocate, dtype }: Kernels): void {
  for (const length of [0, 1, 7, 1000]) {
    const storage = allocate(length);
    if (storage.dtype !== dtype || storage.length !== length) {
      throw new Error(`${storage.length} ${storage.dtype} numbers, not ${length} ${dtype} ones`);
    }
    expectBits("allocate", storage.data, new Float64Array(length));
    storage.data.fill(1);
    const part = storage.part(Math.min(2, length), Math.max(0, length - 4));
    part.data.fill(2);
    const wanted = Array.from({ length }, (_, i) => (i >= 2 && i < length - 2 ? 2 : 1));
    expectBits("a part", storage.data, wanted);
    expectBits("a second allocation", allocate(length).data, new Float64Array(length));
  }
}
