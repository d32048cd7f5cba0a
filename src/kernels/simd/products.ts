import type { Block, Kernels } from "../kernels.js";
import { HeapStorage } from "../memory/heap-storage.js";
import type { ModelMemory } from "../memory/model-memory.js";
import { expectInner, expectSize } from "../sizes.js";
import { numerics } from "./engine.js";
import type { Exports } from "./exports.js";
import { Staging } from "./staging.js";
import { tileFor } from "./tiles.js";

/** What a product does with its sums; the numbers are those of assembly/product.ts. */
const STORE = 0;
const ACCUMULATE = 1;
const DESCEND = 2;

/** The number of division in assembly/elementwise.ts. */
const DIVIDE = 3;

/** The longest inner side over which a product can step down a gradient; that of assembly/product.ts. */
const DEPTH = 512;

/** An operand with the distances between its numbers in bytes: along the result's side, and along the inner side. */
interface Factor {
  readonly block: Block;
  readonly side: number;
  readonly inner: number;
}

const rowsOf = (block: Block): Factor => ({ block, side: 4 * block.cols, inner: 4 });
const colsOf = (block: Block): Factor => ({ block, side: 4, inner: 4 * block.cols });

type Products = Pick<Kernels, "product" | "transposedProduct" | "productTransposed" | "descendProduct">;

/** Products of matrices, wherever they are: operands that are not in this memory are copied in for the call. */
export function products(memory: ModelMemory, portable: Kernels): Products {
  const staging = new Staging(memory);

  /** y_ij = Σ_p a_ip·b_pj */
  const multiply = (kernels: Exports, a: Factor, b: Factor, y: Block, k: number, accumulate: boolean) => {
    try {
      const { rows: m, cols: n } = y;
      const add = accumulate ? ACCUMULATE : STORE;
      const from = staging.source(a.block);
      const by = staging.source(b.block);
      const to = staging.target(y, accumulate);
      if (k === 1) kernels.outer(from, by, to, m, n, add);
      else if (m === 1) vector(kernels, from, b, by, to, n, k, add);
      else if (n === 1) vector(kernels, by, a, from, to, m, k, add);
      else {
        const { rows, vectors } = tileFor(numerics());
        const scratch = memory.heap.scratch(kernels);
        kernels.product(
          ...([from, a.side, a.inner, by, b.inner, b.side, to, 4 * n] as const),
          ...([m, n, k, add, rows, vectors, scratch, 1, 0] as const),
        );
      }
    } finally {
      staging.end();
    }
  };
  /** One row times a matrix. */
  const vector = (
    kernels: Exports,
    x: number,
    b: Factor,
    at: number,
    to: number,
    n: number,
    k: number,
    add: number,
  ) => {
    if (b.side === 4) kernels.rowTimes(x, at, b.inner, to, n, k, add);
    else kernels.rowTimesTransposed(x, at, b.side, to, n, k, add);
  };

  /** As descendProduct, by way of the whole gradient. */
  const descendLong = (kernels: Exports, x: Block, dy: Block, divisor: number, s: number, w: Block) => {
    const length = w.rows * w.cols;
    const run = memory.take(4 * length);
    const gradient = new HeapStorage(memory, run, 0, length);
    try {
      const g = { rows: w.rows, cols: w.cols, data: gradient.data, storage: gradient };
      multiply(kernels, colsOf(x), colsOf(dy), g, x.rows, false);
      kernels.combineNumber(DIVIDE, run.address, divisor, run.address, length);
      const to = staging.target(w, true);
      kernels.addScaled(run.address, s, to, length);
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
      else multiply(kernels, rowsOf(a), colsOf(b), y, a.cols, accumulate);
    },
    transposedProduct(a, b, y, accumulate = false) {
      expectInner("transposedProduct", a, a.rows, b, b.rows);
      expectSize("transposedProduct", a.cols, b.cols, y);
      const kernels = memory.exports;
      if (kernels === undefined) portable.transposedProduct(a, b, y, accumulate);
      else multiply(kernels, colsOf(a), colsOf(b), y, a.rows, accumulate);
    },
    productTransposed(a, b, y, accumulate = false) {
      expectInner("productTransposed", a, a.cols, b, b.cols);
      expectSize("productTransposed", a.rows, b.rows, y);
      const kernels = memory.exports;
      if (kernels === undefined) portable.productTransposed(a, b, y, accumulate);
      else multiply(kernels, rowsOf(a), rowsOf(b), y, a.cols, accumulate);
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
        if (k === 1) kernels.outerDescend(from, by, to, m, n, divisor, s, kernels.allFinite(by, n));
        else {
          const { rows, vectors } = tileFor(numerics());
          const scratch = memory.heap.scratch(kernels);
          kernels.product(
            ...([from, 4, 4 * m, by, 4 * n, 4, to, 4 * n] as const),
            ...([m, n, k, DESCEND, rows, vectors, scratch, divisor, s] as const),
          );
        }
      } finally {
        staging.end();
      }
    },
  };
}
