import type { Block, Kernels } from "../kernels.js";
import { HeapStorage } from "../memory/heap-storage.js";
import type { ModelMemory } from "../memory/model-memory.js";
import { expectInner, expectSize } from "../sizes.js";
import type { Exports } from "./exports.js";
import { productChunks, productInChunks } from "./parallel.js";
import { Staging } from "./staging.js";
import { tile } from "./tiles.js";

/** What a product does with its sums; the numbers are those of assembly/product.ts. */
const STORE = 0;
const ACCUMULATE = 1;
const DESCEND = 2;

/** The longest inner side over which a product can step down a gradient; that of assembly/product.ts. */
const DEPTH = 512;

/** The number of division in assembly/elementwise.ts. */
const DIVIDE = 3;

type Products = Pick<Kernels, "product" | "transposedProduct" | "productTransposed" | "descendProduct">;

/** Products of matrices, wherever they are: operands that are not in this memory are copied in for the call. */
export function products(memory: ModelMemory, portable: Kernels): Products {
  const staging = new Staging(memory);

  /**
   * y_ij = Σ_p a_ip·b_pj for [m × k]·[k × n]. The other numbers are distances in bytes: between rows of a and along p,
   * between columns of b and along p. Numbers are passed one by one, since a small product costs less than a list.
   */
  const multiply = (
    kernels: Exports,
    a: Block,
    aRow: number,
    aStep: number,
    b: Block,
    bCol: number,
    bStep: number,
    y: Block,
    k: number,
    accumulate: boolean,
  ): void => {
    const { rows: m, cols: n } = y;
    const add = accumulate ? ACCUMULATE : STORE;
    try {
      const from = staging.source(a);
      const by = staging.source(b);
      const to = staging.target(y, accumulate);
      if (k === 1) kernels.outer(from, by, to, m, n, add);
      else if (m === 1) multiplyRow(kernels, from, by, bCol, bStep, to, n, k, add);
      else if (n === 1) multiplyRow(kernels, by, from, aRow, aStep, to, m, k, add);
      else multiplyTiled(kernels, from, aRow, aStep, by, bCol, bStep, to, m, n, k, add, 1, 0);
    } finally {
      staging.end();
    }
  };

  /** A product of more than one row, column and step, in as many chunks as pay. */
  // biome-ignore format: one line an operand
  const multiplyTiled = (
    kernels: Exports,
    a: number, aRow: number, aStep: number,
    b: number, bCol: number, bStep: number,
    y: number, m: number, n: number, k: number,
    finish: number, divisor: number, rate: number,
  ): void => {
    const { rows, vectors } = tile();
    const scratch = memory.heap.scratch(kernels);
    const chunks = productChunks(memory, m * n * k);
    if (chunks === 1) {
      kernels.product(
        a, aRow, aStep, b, bStep, bCol, y, 4 * n, m, n, k, finish, rows, vectors, scratch, divisor, rate,
      );
    } else {
      productInChunks(kernels, chunks, [
        a, aRow, aStep, b, bStep, bCol, y, 4 * n, m, n, k, finish, rows, vectors, scratch, divisor, rate,
      ]);
    }
  };

  /** w += s·(xᵀ·dy / divisor) by way of the whole gradient, for an inner side of any length. */
  const descendLong = (kernels: Exports, x: Block, dy: Block, divisor: number, s: number, w: Block): void => {
    const length = w.rows * w.cols;
    const run = memory.take(4 * length);
    const storage = new HeapStorage(memory, run, 0, length);
    try {
      const g = { rows: w.rows, cols: w.cols, data: storage.data, storage };
      multiply(kernels, x, 4, 4 * x.cols, dy, 4, 4 * dy.cols, g, x.rows, false);
      kernels.combineNumber(DIVIDE, run.address, divisor, run.address, length);
      kernels.addScaled(run.address, s, staging.target(w, true), length);
    } finally {
      staging.end();
      memory.give(run);
    }
  };

  return {
    product(a, b, y, accumulate = false) {
      expectInner("product", a, a.cols, b, b.rows);
      expectSize("product", a.rows, b.cols, y);
      const kernels = memory.exports;
      if (kernels === undefined) portable.product(a, b, y, accumulate);
      else multiply(kernels, a, 4 * a.cols, 4, b, 4, 4 * b.cols, y, a.cols, accumulate);
    },
    transposedProduct(a, b, y, accumulate = false) {
      expectInner("transposedProduct", a, a.rows, b, b.rows);
      expectSize("transposedProduct", a.cols, b.cols, y);
      const kernels = memory.exports;
      if (kernels === undefined) portable.transposedProduct(a, b, y, accumulate);
      else multiply(kernels, a, 4, 4 * a.cols, b, 4, 4 * b.cols, y, a.rows, accumulate);
    },
    productTransposed(a, b, y, accumulate = false) {
      expectInner("productTransposed", a, a.cols, b, b.cols);
      expectSize("productTransposed", a.rows, b.rows, y);
      const kernels = memory.exports;
      if (kernels === undefined) portable.productTransposed(a, b, y, accumulate);
      else multiply(kernels, a, 4 * a.cols, 4, b, 4 * b.cols, 4, y, a.cols, accumulate);
    },
    descendProduct(x, dy, divisor, s, w) {
      expectInner("descendProduct", x, x.rows, dy, dy.rows);
      expectSize("descendProduct", x.cols, dy.cols, w);
      const kernels = memory.exports;
      const [m, k, n] = [x.cols, x.rows, dy.cols];
      if (kernels === undefined) return portable.descendProduct(x, dy, divisor, s, w);
      if (k > DEPTH) return descendLong(kernels, x, dy, divisor, s, w);
      try {
        const from = staging.source(x);
        const by = staging.source(dy);
        const to = staging.target(w, true);
        if (k === 1) {
          kernels.outerDescend(from, by, to, m, n, divisor, s, kernels.allFinite(by, n));
          return;
        }
        multiplyTiled(kernels, from, 4, 4 * m, by, 4, 4 * n, to, m, n, k, DESCEND, divisor, s);
      } finally {
        staging.end();
      }
    },
  };
}

/** One row times a matrix, whose rows or columns are side by side. */
function multiplyRow(
  kernels: Exports,
  x: number,
  b: number,
  bCol: number,
  bStep: number,
  y: number,
  n: number,
  k: number,
  add: number,
): void {
  if (bCol === 4) kernels.rowTimes(x, b, bStep, y, n, k, add);
  else kernels.rowTimesTransposed(x, b, bCol, y, n, k, add);
}
