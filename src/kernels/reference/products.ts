import type { Block } from "../kernels.js";
import { expectInner, expectSize } from "../sizes.js";
import { round } from "./round.js";

/** y = a·b, or y += a·b:  y_ij = Σ_p a_ip · b_pj, p ascending */
export function product(single: boolean, a: Block, b: Block, y: Block, accumulate = false): void {
  expectInner("product", a, a.cols, b, b.rows);
  expectSize("product", a.rows, b.cols, y);
  const [m, k, n] = [a.rows, a.cols, b.cols];
  const [left, right, out] = [a.data, b.data, y.data];
  if (!accumulate) out.fill(0);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const s = left[i * k + p];
      for (let j = 0; j < n; j++) out[i * n + j] += round(single, s * right[p * n + j]);
    }
  }
}

/** y = aᵀ·b, or y += aᵀ·b:  y_ij = Σ_p a_pi · b_pj, p ascending */
export function transposedProduct(single: boolean, a: Block, b: Block, y: Block, accumulate = false): void {
  expectInner("transposedProduct", a, a.rows, b, b.rows);
  expectSize("transposedProduct", a.cols, b.cols, y);
  const [m, k, n] = [a.cols, a.rows, b.cols];
  const [left, right, out] = [a.data, b.data, y.data];
  if (!accumulate) out.fill(0);
  for (let p = 0; p < k; p++) {
    for (let i = 0; i < m; i++) {
      const s = left[p * m + i];
      for (let j = 0; j < n; j++) out[i * n + j] += round(single, s * right[p * n + j]);
    }
  }
}

/** y = a·bᵀ, or y += a·bᵀ:  y_ij = Σ_p a_ip · b_jp, p ascending */
export function productTransposed(single: boolean, a: Block, b: Block, y: Block, accumulate = false): void {
  expectInner("productTransposed", a, a.cols, b, b.cols);
  expectSize("productTransposed", a.rows, b.rows, y);
  const [m, k, n] = [a.rows, a.cols, b.rows];
  const [left, right, out] = [a.data, b.data, y.data];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = accumulate ? out[i * n + j] : 0;
      for (let p = 0; p < k; p++)
        total = round(single, total + round(single, left[i * k + p] * right[j * k + p]));
      out[i * n + j] = total;
    }
  }
}
