import fc from "fast-check";
import type { Kernels } from "../../../src/kernels/kernels.js";
import { expectBits } from "../compare.js";
import * as naive from "../naive.js";
import { roughNumbers, Workbench, wildNumbers } from "../workbench.js";

/** Every size that a packed loop of 4, 8 or 16 may get wrong. */
const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 19];

type Numbers = (length: number, seed: number) => number[];

/** The sizes of a and b for a result [m × n] over k. */
function sides(name: naive.ProductName, m: number, k: number, n: number) {
  return {
    a: name === "transposedProduct" ? ([k, m] as const) : ([m, k] as const),
    b: name === "productTransposed" ? ([n, k] as const) : ([k, n] as const),
  };
}

/** One product as the sum of its formula, and added to what y held. */
function expectProduct(
  kernels: Kernels,
  name: naive.ProductName,
  [m, k, n]: readonly [number, number, number],
  numbers: Numbers,
): void {
  const bench = new Workbench(kernels);
  const make = ([rows, cols]: readonly [number, number], seed: number) =>
    bench.matrix(rows, cols, numbers(rows * cols, seed));
  const { a: aSides, b: bSides } = sides(name, m, k, n);
  const [a, b, y] = [make(aSides, 1), make(bSides, 2), make([m, n], 3)];
  const [aBefore, bBefore, before] = [a.copy(), b.copy(), y.copy()];
  const add = naive.multiplyAddOf(kernels);
  const what = `${name} [${m} × ${k} × ${n}]`;

  kernels[name](a, b, y, true);
  expectBits(`${what}, accumulated`, y.data, naive.product(name, add, a, b, before));
  kernels[name](a, b, y);
  expectBits(what, y.data, naive.product(name, add, a, b));
  expectBits(`a of ${what}`, a.data, aBefore.data);
  expectBits(`b of ${what}`, b.data, bBefore.data);
  bench.expectFrames();
}

/** y = a·b, aᵀ·b, a·bᵀ: every size, added up in ascending order, each operation rounded. */
export const productLaw = (name: naive.ProductName) => (kernels: Kernels) => {
  for (const m of SIZES) {
    for (const k of SIZES) for (const n of SIZES) expectProduct(kernels, name, [m, k, n], roughNumbers);
  }
  // Longer than one block of the inner side, wider than one of the columns, higher than one of the rows.
  for (const sizes of [
    [5, 1030, 9],
    [3, 7, 531],
    [203, 6, 13],
    [1, 600, 77],
    [77, 600, 1],
    [197, 515, 260],
  ] as const) {
    expectProduct(kernels, name, sizes, roughNumbers);
  }
  for (let size = 0; size <= 67; size++) {
    expectProduct(kernels, name, [size, 5, 7], roughNumbers);
    expectProduct(kernels, name, [7, size, 5], roughNumbers);
    expectProduct(kernels, name, [5, 7, size], roughNumbers);
  }
  const size = fc.nat(67);
  const property = fc.property(fc.tuple(size, size, size), fc.boolean(), (sizes, wild) =>
    expectProduct(kernels, name, sizes, wild ? wildNumbers : roughNumbers),
  );
  fc.assert(property, { seed: 5, numRuns: 40 });
};

/** Nothing is skipped: 0·∞ is NaN wherever it stands, and a NaN reaches its rows and columns alone. */
export const productExtremesLaw = (name: naive.ProductName) => (kernels: Kernels) => {
  for (const m of [1, 4, 9]) {
    for (const k of [1, 3, 8, 17]) {
      for (const n of [1, 5, 16]) expectProduct(kernels, name, [m, k, n], wildNumbers);
    }
  }
  for (const x of [Infinity, Number.NaN]) {
    const bench = new Workbench(kernels);
    const [a, b] = [
      bench.matrix(5, 5, new Float64Array(25)),
      bench.matrix(5, 5, new Float64Array(25).fill(x)),
    ];
    const y = bench.matrix(5, 5, new Float64Array(25));
    kernels[name](a, b, y);
    expectBits(`0·${x}`, y.data, new Float64Array(25).fill(Number.NaN));
  }
};

/** A row gives the same bits alone as inside a batch of any size. */
export const productRowLaw = (name: "product" | "productTransposed") => (kernels: Kernels) => {
  const [k, n] = [33, 21];
  for (const m of [2, 3, 4, 6, 8, 17, 67]) {
    const bench = new Workbench(kernels);
    const { b: bSides } = sides(name, m, k, n);
    const a = bench.matrix(m, k, roughNumbers(m * k, 4));
    const b = bench.matrix(...bSides, roughNumbers(k * n, 5));
    const y = bench.matrix(m, n, new Float64Array(m * n));
    kernels[name](a, b, y);
    for (let r = 0; r < m; r++) {
      const alone = bench.matrix(1, n, new Float64Array(n));
      kernels[name](bench.copy(a.row(r)), b, alone);
      expectBits(`row ${r} of ${m} by ${name}`, alone.data, y.row(r).data);
    }
  }
};
