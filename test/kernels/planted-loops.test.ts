import { describe, expect, it } from "vitest";
import type { Block, Kernels } from "../../src/kernels/kernels.js";
import { referenceKernels } from "../../src/kernels/reference.js";
import { kernelLaws } from "./conformance.js";

// Loops that are wrong in the ways that fast ones go wrong: the law for each must catch it.

const single = referenceKernels("float32");
const f = Math.fround;

/** y_i = formula(i) */
function each({ data }: Block, formula: (i: number) => number): void {
  for (let i = 0; i < data.length; i++) data[i] = formula(i);
}

const rowOf = ({ cols, data }: Block, r: number) => [...data.subarray(r * cols, (r + 1) * cols)];
const total = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0);

type Fault = readonly [law: string, wrong: string, fault: Partial<Kernels>];

const arithmetic: readonly Fault[] = [
  [
    "a + b",
    "adds a row to the first row only",
    {
      add(a, b, y) {
        if (typeof b === "number" || b.rows === a.rows) return single.add(a, b, y);
        each(y, (i) => a.data[i] + (i < a.cols ? b.data[i] : 0));
      },
    },
  ],
  [
    "a / b",
    "multiplies by the reciprocal",
    {
      divide: (a, b, y) =>
        typeof b === "number" ? single.multiply(a, f(1 / f(b)), y) : single.divide(a, b, y),
    },
  ],
  [
    "a − b",
    "does not round a number to the width",
    {
      subtract: (a, b, y) =>
        typeof b === "number" ? each(y, (i) => a.data[i] - b) : single.subtract(a, b, y),
    },
  ],
  [
    "a ∘ b",
    "clears y before it reads",
    {
      multiply(a, b, y) {
        single.fill(y, 0);
        single.multiply(a, b, y);
      },
    },
  ],
  ["y += s·x", "fuses", { addScaled: (x, s, y) => each(y, (i) => y.data[i] + f(s) * x.data[i]) }],
  [
    "fill, copy, gather, transpose",
    "gathers from the start of the index",
    { gather: (x, index, _start, y) => single.gather(x, index, 0, y) },
  ],
  ["fill, copy, gather, transpose", "loses −0", { copy: (x, y) => each(y, (i) => x.data[i] + 0) }],
  [
    "memory",
    "gives memory that was used",
    {
      allocate(length) {
        const storage = single.allocate(length);
        storage.data.fill(7);
        return storage;
      },
    },
  ],
];

const sums: readonly Fault[] = [
  [
    "sums of columns",
    "adds what y held in the end",
    {
      columnSums(x, y, accumulate = false) {
        const held = y.data.slice();
        single.columnSums(x, y);
        if (accumulate) each(y, (c) => y.data[c] + held[c]);
      },
    },
  ],
  ["sums of rows, and of all", "adds in float64", { rowSums: (x, y) => each(y, (r) => total(rowOf(x, r))) }],
  [
    "sums of rows, and of all",
    "adds all in float32",
    { sum: ({ data }) => [...data].reduce((sum, x) => f(sum + x), 0) },
  ],
  ["finite or not", "looks at the sum", { allFinite: ({ data }) => Number.isFinite(f(total([...data]))) }],
];

const maps: readonly Fault[] = [
  [
    "curves of arithmetic",
    "does not round the parameter",
    { map: (curve, x, y, p = 0) => each(y, (i) => curve.f(x.data[i], p)) },
  ],
  [
    "curves of arithmetic",
    "keeps −0",
    {
      map(curve, x, y, p) {
        const input = x.data.slice();
        single.map(curve, x, y, p);
        each(y, (i) => (Object.is(input[i], -0) ? -0 : y.data[i]));
      },
    },
  ],
  [
    "smooth curves",
    "takes f′ at y instead of x",
    { mapGradient: (curve, _x, y, dy, dx, p) => single.mapGradient(curve, y, y, dy, dx, p) },
  ],
  [
    "smooth curves",
    "takes numbers from −87 to −17 for −∞",
    {
      map(curve, x, y, p = 0, slope) {
        const given = x.data.slice();
        single.map(curve, x, y, p, slope);
        each(y, (i) => (given[i] > -87 && given[i] < -17 ? curve.f(-Infinity, p) : y.data[i]));
      },
    },
  ],
  [
    "softmax",
    "does not subtract the largest",
    {
      softmax: (x, y) =>
        each(y, (i) => f(Math.exp(x.data[i])) / f(total(rowOf(x, Math.floor(i / x.cols)).map(Math.exp)))),
    },
  ],
  [
    "softmax, backward",
    "adds its products in float64",
    {
      softmaxGradient(y, dy, dx) {
        const dots = Array.from({ length: y.rows }, (_, r) =>
          total(rowOf(y, r).map((p, c) => p * rowOf(dy, r)[c])),
        );
        each(dx, (i) => y.data[i] * f(dy.data[i] - f(dots[Math.floor(i / y.cols)])));
      },
    },
  ],
];

const updates: readonly Fault[] = [
  ["momentum", "fuses", { momentum: (g, mu, v) => each(v, (i) => f(mu) * v.data[i] + g.data[i]) }],
  [
    "adam",
    "multiplies by its correction",
    { adam: (g, m, v, w, s) => single.adam(g, m, v, w, { ...s, root: 1 / s.root }) },
  ],
  [
    "adam",
    "takes 1 − β of a rounded β",
    { adam: (g, m, v, w, s) => single.adam(g, m, v, w, { ...s, beta2: f(s.beta2) }) },
  ],
  ["wrong sizes", "takes any", { softmaxGradient: () => {} }],
];

describe("the law of", () => {
  it.each([...arithmetic, ...sums, ...maps, ...updates])("%s catches a kernel that %s", (law, _, fault) => {
    expect(() => kernelLaws[law]({ ...single, ...fault })).toThrow(
      /, not |allFinite of|takes wrong|Property failed/,
    );
  });
});
