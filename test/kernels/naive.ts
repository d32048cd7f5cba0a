import type { AdamStep, Block, DType, Kernels } from "../../src/kernels/kernels.js";
import { numerics } from "../../src/kernels/simd/engine.js";
import { sumError } from "../../src/numeric/round-off.js";

/** What the kernels are compared with: each formula for one number of the result, every single operation rounded. */

/** Rounds to float32, or not at all. */
export type Round = (x: number) => number;

/** total + a·b, in two roundings, or in one. */
export type MultiplyAdd = (a: number, b: number, total: number) => number;

export const rounding = (dtype: DType): Round => (dtype === "float32" ? Math.fround : (x) => x);

/** How these kernels add up a product. */
export function multiplyAddOf({ name, dtype }: Kernels): MultiplyAdd {
  if (name === "simd" && numerics() === "fast") return fusedMultiplyAdd;
  const r = rounding(dtype);
  return (a, b, total) => {
    const term = r(a * b);
    return r(total + term);
  };
}

const word = new Float64Array(1);
const bits = new BigInt64Array(word.buffer);

/**
 * total + a·b of float32 numbers, rounded once. The product is exact in float64; where the sum is not, its last bit is
 * made odd in the direction of the truth, so that the second rounding cannot land on the wrong side of a tie.
 */
export function fusedMultiplyAdd(a: number, b: number, total: number): number {
  const product = a * b;
  const sum = product + total;
  const error = sumError(product, total, sum);
  word[0] = sum;
  if (error !== 0 && Number.isFinite(sum) && Number.isFinite(error) && (bits[0] & 1n) === 0n) {
    bits[0] += error > 0 === sum > 0 ? 1n : -1n;
  }
  return Math.fround(word[0]);
}

/** The number in row r and column c; a single row stands for every row. */
export const at = (m: Block, r: number, c: number): number => m.data[(m.rows === 1 ? 0 : r) * m.cols + c];

/** All numbers of an [rows × cols] result, row after row. */
export function grid(rows: number, cols: number, f: (r: number, c: number) => number): number[] {
  return Array.from({ length: rows * cols }, (_, i) => f(Math.floor(i / cols), i % cols));
}

export type ProductName = "product" | "transposedProduct" | "productTransposed";

/** a·b, aᵀ·b or a·bᵀ, added to what y held where `before` is given: y_ij = before_ij + Σ_p a_ip·b_pj, p ascending. */
export function product(
  name: ProductName,
  multiplyAdd: MultiplyAdd,
  a: Block,
  b: Block,
  before?: Block,
): number[] {
  const [aTurned, bTurned] = [name === "transposedProduct", name === "productTransposed"];
  const [rows, inner] = aTurned ? [a.cols, a.rows] : [a.rows, a.cols];
  const cols = bTurned ? b.rows : b.cols;
  return grid(rows, cols, (i, j) => {
    let total = before === undefined ? 0 : before.data[i * cols + j];
    for (let p = 0; p < inner; p++) {
      const left = a.data[aTurned ? p * rows + i : i * inner + p];
      const right = b.data[bTurned ? j * inner + p : p * cols + j];
      total = multiplyAdd(left, right, total);
    }
    return total;
  });
}

/** start + x₀ + x₁ + …, each sum rounded */
export function sum(r: Round, numbers: readonly number[], start = 0): number {
  let total = start;
  for (const x of numbers) total = r(total + x);
  return total;
}

export const momentum = (r: Round, g: number, mu: number, v: number): number => {
  const kept = r(r(mu) * v);
  return r(kept + g);
};

/** m, v and w after one step; the numbers of the step are rounded once, 1 − β too. */
export function adam(
  r: Round,
  g: number,
  m: number,
  v: number,
  w: number,
  { beta1, beta2, epsilon, rate, root }: AdamStep,
  largest?: number,
): { m: number; v: number; w: number; largest: number } {
  const mKept = r(r(beta1) * m);
  const mAdded = r(r(1 - beta1) * g);
  const mNew = r(mKept + mAdded);

  const vKept = r(r(beta2) * v);
  const scaled = r(r(1 - beta2) * g);
  const vAdded = r(scaled * g);
  const vNew = r(vKept + vAdded);

  const most = largest === undefined ? vNew : Math.max(largest, vNew);
  const deviation = r(Math.sqrt(most));
  const corrected = r(deviation / r(root));
  const below = r(corrected + r(epsilon));
  const above = r(r(rate) * mNew);
  const change = r(above / below);
  return { m: mNew, v: vNew, w: r(w - change), largest: most };
}

/** dx of one row: y ∘ (dy − Σ dy·y), the sum ascending */
export function softmaxGradient(r: Round, y: readonly number[], dy: readonly number[]): number[] {
  let dot = 0;
  for (let c = 0; c < y.length; c++) {
    const term = r(dy[c] * y[c]);
    dot = r(dot + term);
  }
  return y.map((p, c) => {
    const difference = r(dy[c] - dot);
    return r(p * difference);
  });
}

/** One row of softmax; each difference is rounded before the exponential. */
export function softmax(r: Round, x: readonly number[]): number[] {
  const top = Math.max(...x);
  const powers = x.map((v) => Math.exp(r(v - top)));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / total);
}
