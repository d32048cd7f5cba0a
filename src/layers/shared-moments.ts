import type { Shards } from "../distributed/shards.js";
import { type Scaling, scaleBack } from "../kernels/catalogue/affine.js";
import { columnMoments } from "../kernels/catalogue/column-norms.js";
import { wideView } from "../kernels/catalogue/wide-view.js";
import type { Block } from "../kernels/kernels.js";
import type { Matrix } from "../matrix.js";
import { rowsOf } from "../rows-of.js";

/**
 * The moments of the columns of a batch that several processes share: means = Σ x / rows,  squares = Σ (x − mean)². Those of
 * each shard are merged one after the other. Returns the rows of all.
 * T. Chan, G. Golub and R. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
 */
export function sharedMoments(x: Matrix, { starts, gather }: Shards, means: Matrix, squares: Matrix): number {
  const { cols } = x;
  const width = 1 + 2 * cols;
  const own = new Float64Array(width * (starts.length - 1));
  for (let lane = 0; lane + 1 < starts.length; lane++) {
    const rows = starts[lane + 1] - starts[lane];
    if (rows === 0) continue;
    columnMoments(rowsOf(x, starts[lane], rows), means, squares);
    own[lane * width] = rows;
    own.set(wideView(means).subarray(0, cols), lane * width + 1);
    own.set(wideView(squares).subarray(0, cols), lane * width + 1 + cols);
  }
  const all = gather(own);
  const [mean, square] = [wideView(means).fill(0), wideView(squares).fill(0)];
  let rows = 0;
  for (let at = 0; at < all.length; at += width) {
    const more = all[at];
    if (more === 0) continue;
    const [share, weight] = [more / (rows + more), (rows * more) / (rows + more)];
    for (let c = 0; c < cols; c++) {
      const distance = all[at + 1 + c] - mean[c];
      mean[c] += distance * share;
      square[c] += all[at + 1 + cols + c] + distance * distance * weight;
    }
    rows += more;
  }
  return rows;
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse with d = dy ∘ γ, where the means are over the rows of all processes. */
export function sharedColumnsGradient(
  dy: Matrix,
  xHat: Matrix,
  weight: Block | undefined,
  gradients: (lane: number) => Scaling,
  inverses: Matrix,
  { shards, rows }: { shards: Shards; rows: number },
  dx: Matrix,
): void {
  const { starts, gather } = shards;
  const { cols } = dy;
  const own = new Float64Array(2 * cols * (starts.length - 1));
  for (let lane = 0; lane + 1 < starts.length; lane++) {
    const [start, count] = [starts[lane], starts[lane + 1] - starts[lane]];
    if (count === 0) continue;
    const [dOut, hat, d] = [dy, xHat, dx].map((m) => rowsOf(m, start, count));
    scaleBack(dOut, hat, weight, gradients(lane), d);
    addSums(d, hat, own.subarray(2 * cols * lane));
  }
  const all = gather(own);
  const means = new Float64Array(2 * cols);
  for (let i = 0; i < all.length; i++) means[i % means.length] += all[i];
  for (let c = 0; c < means.length; c++) means[c] /= rows;
  const inverse = wideView(inverses);
  const [d, hat] = [dx.data, xHat.data];
  for (let i = 0, r = 0; r < dx.rows; r++) {
    for (let c = 0; c < cols; c++, i++) d[i] = (d[i] - means[c] - hat[i] * means[cols + c]) * inverse[c];
  }
}

/** sums_c += Σ d_rc,  sums_(cols + c) += Σ d_rc · x̂_rc */
function addSums(d: Matrix, xHat: Matrix, sums: Float64Array): void {
  const { rows, cols } = d;
  const [from, hat] = [d.data, xHat.data];
  for (let i = 0, r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++, i++) {
      sums[c] += from[i];
      sums[cols + c] += from[i] * hat[i];
    }
  }
}
