/** What src/kernels/assembly/index.ts exports. Places and distances are in bytes. */
export interface Exports {
  readonly fused: { readonly value: number };
  scratchBytes(): number;
  product(
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    bStep: number,
    bCol: number,
    c: number,
    cRow: number,
    m: number,
    n: number,
    k: number,
    finish: number,
    tileRows: number,
    tileVectors: number,
    scratch: number,
    divisor: number,
    rate: number,
  ): void;
  rowTimes(x: number, b: number, bStep: number, y: number, n: number, k: number, accumulate: number): void;
  rowTimesTransposed(
    x: number,
    b: number,
    bRow: number,
    y: number,
    n: number,
    k: number,
    accumulate: number,
  ): void;
  outer(x: number, y: number, c: number, m: number, n: number, accumulate: number): void;
  outerDescend(
    x: number,
    y: number,
    w: number,
    m: number,
    n: number,
    divisor: number,
    rate: number,
    yIsFinite: number,
  ): void;
  combine(operation: number, a: number, b: number, bRow: number, y: number, rows: number, cols: number): void;
  combineNumber(operation: number, a: number, s: number, y: number, count: number): void;
  addScaled(x: number, s: number, y: number, count: number): void;
  columnSums(x: number, y: number, rows: number, cols: number, accumulate: number): void;
  allFinite(x: number, count: number): number;
  map(curve: number, x: number, y: number, count: number, p: number): void;
  mapGradient(curve: number, x: number, dy: number, dx: number, count: number, p: number): void;
  softmax(x: number, y: number, rows: number, cols: number): void;
  softmaxGradient(y: number, dy: number, dx: number, rows: number, cols: number): void;
  descend(g: number, divisor: number, s: number, w: number, count: number): void;
  momentum(g: number, mu: number, v: number, count: number): void;
  adam(
    g: number,
    m: number,
    v: number,
    w: number,
    count: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    root: number,
    epsilon: number,
    largest: number,
  ): void;
}

/** The names of the kernels, in the order by which threads know them. */
export const KERNELS = [
  "product",
  "rowTimes",
  "rowTimesTransposed",
  "outer",
  "outerDescend",
  "combine",
  "combineNumber",
  "addScaled",
  "map",
  "mapGradient",
  "softmax",
  "softmaxGradient",
  "descend",
  "momentum",
  "adam",
] as const;
