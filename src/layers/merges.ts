import type { Matrix } from "../matrix.js";

/** How the outputs of branches become one, and what of the gradient goes back to each. */
export interface Merge {
  width(widths: readonly number[]): number;
  forward(outputs: readonly Matrix[], y: Matrix): void;
  /** Writes ∂L/∂output of branch `i` into `d`. */
  backward(outputs: readonly Matrix[], y: Matrix, dy: Matrix, i: number, d: Matrix): void;
}

/** Calls f(places in the output of branch i, in y) for each of its numbers. */
function beside(outputs: readonly Matrix[], i: number, cols: number, f: (at: number, to: number) => void) {
  const start = outputs.slice(0, i).reduce((sum, output) => sum + output.cols, 0);
  const { rows, cols: width } = outputs[i];
  for (let r = 0; r < rows; r++) for (let c = 0; c < width; c++) f(r * width + c, r * cols + start + c);
}

/** y = [a | b | …] */
const concatenate: Merge = {
  width: (widths) => widths.reduce((sum, width) => sum + width, 0),
  forward(outputs, y) {
    for (const [i, { data }] of outputs.entries()) {
      beside(outputs, i, y.cols, (at, to) => {
        y.data[to] = data[at];
      });
    }
  },
  backward(outputs, y, dy, i, d) {
    beside(outputs, i, y.cols, (at, to) => {
      d.data[at] = dy.data[to];
    });
  },
};

/** The values that branches have in one place. */
type Values = (branch: number) => number;

/** A merge of outputs of one size from its formula for one place of `count` branches. */
function placeByPlace(
  f: (value: Values, count: number) => number,
  df: (value: Values, count: number, i: number) => number,
): Merge {
  return {
    width: ([first]) => first,
    forward(outputs, y) {
      let n = 0;
      const value = (branch: number) => outputs[branch].data[n];
      for (; n < y.data.length; n++) y.data[n] = f(value, outputs.length);
    },
    backward(outputs, _, dy, i, d) {
      let n = 0;
      const value = (branch: number) => outputs[branch].data[n];
      for (; n < d.data.length; n++) d.data[n] = dy.data[n] * df(value, outputs.length, i);
    },
  };
}

function sum(value: Values, count: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += value(i);
  return total;
}

/** The product of all but one. */
function productWithout(skipped: number, value: Values, count: number): number {
  let product = 1;
  for (let i = 0; i < count; i++) if (i !== skipped) product *= value(i);
  return product;
}

function firstLargest(value: Values, count: number): number {
  let top = 0;
  for (let i = 1; i < count; i++) if (value(i) > value(top) || Number.isNaN(value(i))) top = i;
  return top;
}

/** y = a + b + … */
const add = /* @__PURE__ */ placeByPlace(sum, () => 1);

/** y = (a + b + …) / n */
const average = /* @__PURE__ */ placeByPlace(
  (value, count) => sum(value, count) / count,
  (_, count) => 1 / count,
);

/** y = a · b · …;  ∂y/∂a is the product of the others */
const multiply = /* @__PURE__ */ placeByPlace(
  (value, count) => productWithout(-1, value, count),
  (value, count, i) => productWithout(i, value, count),
);

/** y = max(a, b, …); the gradient goes to the first that is the largest */
const maximum = /* @__PURE__ */ placeByPlace(
  (value, count) => value(firstLargest(value, count)),
  (value, count, i) => (firstLargest(value, count) === i ? 1 : 0),
);

/** By the names of the option. */
export const merges = { concatenate, add, average, multiply, maximum };
