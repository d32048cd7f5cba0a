import type { DType, Kernels } from "./kernels.js";
import * as arithmetic from "./reference/arithmetic.js";
import * as maps from "./reference/maps.js";
import * as products from "./reference/products.js";
import * as updates from "./reference/updates.js";
import { ArrayStorage, zeros } from "./storage.js";

/**
 * The portable kernels: readable loops in either width, the oracle for every faster set and its fallback.
 * Each operation is rounded by itself; sums run in ascending order.
 */
export function referenceKernels(dtype: DType): Kernels {
  const single = dtype === "float32";
  const { elementwise } = arithmetic;
  return {
    name: "reference",
    dtype,
    allocate: (length) => new ArrayStorage(zeros(length, dtype)),
    beginPass() {},
    fill: (y, s) => void y.data.fill(s),
    copy: arithmetic.copy,
    gather: arithmetic.gather,
    transpose: arithmetic.transpose,

    add: elementwise("add", single, (a, b) => a + b),
    subtract: elementwise("subtract", single, (a, b) => a - b),
    multiply: elementwise("multiply", single, (a, b) => a * b),
    divide: elementwise("divide", single, (a, b) => a / b),
    addScaled: (x, s, y) => arithmetic.addScaled(single, x, s, y),

    product: (a, b, y, accumulate) => products.product(single, a, b, y, accumulate),
    transposedProduct: (a, b, y, accumulate) => products.transposedProduct(single, a, b, y, accumulate),
    productTransposed: (a, b, y, accumulate) => products.productTransposed(single, a, b, y, accumulate),

    columnSums: arithmetic.columnSums,
    rowSums: (x, y) => arithmetic.rowSums(single, x, y),
    sum: arithmetic.sum,
    allFinite: arithmetic.allFinite,

    map: (curve, x, y, p, slope) => maps.map(single, curve, x, y, p, slope),
    mapGradient: (curve, x, y, dy, dx, p) => maps.mapGradient(single, curve, x, y, dy, dx, p),
    softmax: (x, y) => maps.softmax(single, x, y),
    softmaxGradient: (y, dy, dx) => maps.softmaxGradient(single, y, dy, dx),

    descend: (g, divisor, s, w) => updates.descend(single, g, divisor, s, w),
    descendProduct: (x, dy, divisor, s, w) => updates.descendProduct(single, x, dy, divisor, s, w),
    momentum: (g, mu, v) => updates.momentum(single, g, mu, v),
    adam: (g, m, v, w, step, largest) => updates.adam(single, g, m, v, w, step, largest),
  };
}
