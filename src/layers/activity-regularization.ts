import type { Matrix } from "../matrix.js";
import { nonNegative, optional } from "../options.js";
import { Layer } from "./layer.js";

export interface ActivityRegularizationOptions {
  /** λ₁. Default: 0. */
  l1?: number;
  /** λ₂. Default: 0. */
  l2?: number;
}

/**
 * y = x, and λ₁·Σ|x| + λ₂·Σx² over the numbers of each row is added to its loss: activations stay small, or few of them
 * are not 0. A row counts with its sample weight, as its loss does, so that the mean over rows is what is reported, in
 * `evaluate` too. As in Keras 2, and in Keras 3 of 2026, which divide the sum over a batch by its rows; Keras 3 did not
 * before (keras-team/keras pull request 22021), so that λ there counts as many times as a batch has rows.
 */
export class ActivityRegularization extends Layer<ActivityRegularizationOptions> {
  static override readonly type = "ActivityRegularization";
  static override readonly rules = () => ({ l1: optional(nonNegative), l2: optional(nonNegative) });
  static override readonly example = { options: { l1: 0.3, l2: 0.2 }, input: [6] };

  private x: Matrix | undefined; // saved by forward, [batch × units]

  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    return x;
  }

  override get isPenalized(): boolean {
    return true;
  }

  /** Σ w·(λ₁·Σ|x| + λ₂·Σx²) over the rows of the last forward */
  override get penalty(): number {
    const { l1 = 0, l2 = 0 } = this.options;
    if (this.x === undefined) return 0;
    const { rows, cols, data } = this.x;
    const weights = this.context.position.weights?.data;
    let total = 0;
    for (let r = 0; r < rows; r++) {
      let row = 0;
      for (let i = r * cols; i < (r + 1) * cols; i++) row += l1 * Math.abs(data[i]) + l2 * data[i] * data[i];
      total += (weights?.[r] ?? 1) * row;
    }
    return total;
  }

  /** ∂L/∂x = dy + w·(λ₁·sign x + 2·λ₂·x) */
  backward(dy: Matrix): Matrix {
    const saved = this.saved(this.x, dy);
    const { l1 = 0, l2 = 0 } = this.options;
    const { cols } = saved;
    const dx = this.buffer("dx", saved.rows, cols); // before anybody's numbers are looked at: memory may grow
    const x = saved.data;
    const weights = this.context.position.weights?.data;
    for (let i = 0; i < x.length; i++) {
      const weight = weights?.[Math.floor(i / cols)] ?? 1;
      dx.data[i] = dy.data[i] + weight * (l1 * Math.sign(x[i]) + 2 * l2 * x[i]);
    }
    return dx;
  }
}
