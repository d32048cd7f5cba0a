import { describe, expect, it } from "vitest";
import type { Block, Kernels } from "../../src/kernels/kernels.js";
import { referenceKernels } from "../../src/kernels/reference.js";
import { kernelLaws } from "./conformance.js";

// Products that are wrong in the ways that fast ones go wrong: the suite must catch each.

const single = referenceKernels("float32");
const f = Math.fround;

/** A row of a times a column of b, added to what y held. */
type Dot = (a: readonly number[], b: readonly number[], start: number) => number;

/** Kernels whose a·b is made of dot products of one's own. */
function multiplyBy(dot: Dot): Kernels {
  const product: Kernels["product"] = (a, b, y, accumulate = false) => {
    for (let i = 0; i < a.rows; i++) {
      const row = [...a.data.subarray(i * a.cols, (i + 1) * a.cols)];
      for (let j = 0; j < b.cols; j++) {
        const column = row.map((_, p) => b.data[p * b.cols + j]);
        y.data[i * b.cols + j] = dot(row, column, accumulate ? y.data[i * b.cols + j] : 0);
      }
    }
  };
  return { ...single, product };
}

const right: Dot = (a, b, start) => a.reduce((sum, x, p) => f(sum + f(x * b[p])), start);

const wrong: Readonly<Record<string, Dot>> = {
  "adds in descending order": (a, b, start) => a.reduceRight((sum, x, p) => f(sum + f(x * b[p])), start),
  "does not round a product before it is added": (a, b, start) =>
    a.reduce((sum, x, p) => f(sum + x * b[p]), start),
  "rounds at the end alone": (a, b, start) => f(a.reduce((sum, x, p) => sum + x * b[p], start)),
  "adds even and odd terms apart": (a, b, start) => {
    const sums = [start, 0];
    for (const [p, x] of a.entries()) sums[p & 1] = f(sums[p & 1] + f(x * b[p]));
    return f(sums[0] + sums[1]);
  },
  "adds what y held in the end": (a, b, start) => f(right(a, b, 0) + start),
  "does not accumulate": (a, b) => right(a, b, 0),
  "starts at −0": (a, b, start) => right(a, b, start === 0 ? -0 : start),
};

/** Faults that only some sizes show, or that are not in a·b. */
const elsewhere: Readonly<Record<string, [law: string, fault: Partial<Kernels>]>> = {
  "does not clear y": ["product a·b", { product: (a, b, y) => single.product(a, b, y, true) }],
  "forgets the last of 4n + 1 columns": [
    "product a·b",
    {
      product(a, b, y, accumulate) {
        const kept = y.data.slice();
        single.product(a, b, y, accumulate);
        for (let i = b.cols - 1; b.cols % 4 === 1 && i < kept.length; i += b.cols) y.data[i] = kept[i];
      },
    },
  ],
  "writes one number more than y has": [
    "product a·b",
    {
      product(a, b, y, accumulate) {
        single.product(a, b, y, accumulate);
        new Float32Array(y.data.buffer, y.data.byteOffset)[y.data.length] = 0;
      },
    },
  ],
  "takes another order in batches of 4 or more": [
    "a row alone has the bits of a·b",
    {
      product: (a, b, y, accumulate) =>
        multiplyBy(a.rows < 4 ? right : wrong["adds in descending order"]).product(a, b, y, accumulate),
    },
  ],
  "reads a as if it were not transposed": [
    "product aᵀ·b",
    {
      transposedProduct: (a, b, y, accumulate) =>
        single.product({ rows: a.cols, cols: a.rows, data: a.data }, b, y, accumulate),
    },
  ],
  "adds in descending order, b transposed": [
    "product a·bᵀ",
    {
      productTransposed: (a, b, y, accumulate) =>
        single.productTransposed(flipped(a), flipped(b), y, accumulate),
    },
  ],
};

/** The columns of a matrix in descending order. */
function flipped({ rows, cols, data }: Block): Block {
  const rowsOf = Array.from({ length: rows }, (_, r) =>
    [...data.subarray(r * cols, (r + 1) * cols)].reverse(),
  );
  return { rows, cols, data: Float32Array.from(rowsOf.flat()) };
}

describe("the laws of products catch a kernel that", () => {
  it.each(Object.entries(wrong))("%s", (_, dot) => {
    expect(() => kernelLaws["product a·b"](multiplyBy(dot))).toThrow(/product \[.*, not /);
  });

  it.each(Object.entries(elsewhere))("%s", (_, [law, fault]) => {
    expect(() => kernelLaws[law]({ ...single, ...fault })).toThrow(/, not |was written/);
  });

  it("skips zeros, by what 0·∞ is", () => {
    const skipping: Dot = (a, b, start) =>
      a.reduce((sum, x, p) => (x === 0 ? sum : f(sum + f(x * b[p]))), start);
    expect(() => kernelLaws["product a·b at extremes"](multiplyBy(skipping))).toThrow(/not NaN/);
  });

  it("and let one pass that is right", () => {
    expect(() => kernelLaws["product a·b at extremes"](multiplyBy(right))).not.toThrow();
    expect(() => kernelLaws["a row alone has the bits of a·b"](multiplyBy(right))).not.toThrow();
  });
});
