import type { Matrix } from "../matrix.js";
import { fraction } from "../options.js";
import { Layer } from "./layer.js";

export interface DropoutOptions {
  /** The probability that a number is set to 0, in [0, 1). */
  rate: number;
}

/**
 * In training, y = x ∘ m with m = 0 with probability `rate`, else 1 / (1 − rate), so that the mean stays; otherwise
 * y = x. The mask of a row depends on the seed, the step and the row's place in the whole batch, not on how the batch
 * is cut. N. Srivastava et al., 2014.
 */
export class Dropout extends Layer<DropoutOptions> {
  static override readonly type = "Dropout";
  static override readonly example = { options: { rate: 0.4 }, input: [6] };
  static override readonly rules = () => ({ rate: fraction });

  private mask: Matrix | undefined; // saved by forward in training, [batch × units]
  private y: Matrix | undefined; //    saved by forward, [batch × units]
  private shares = new Float64Array(0); // random ones of a row

  /** y = x ∘ m, or x */
  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    this.mask = training ? this.draw(this.buffer("mask", x.rows, x.cols)) : undefined;
    this.y = x;
    if (this.mask === undefined) return x;
    this.y = this.buffer("y", x.rows, x.cols);
    this.kernels.multiply(x, this.mask, this.y);
    return this.y;
  }

  /** ∂L/∂x = dy ∘ m, or dy */
  backward(dy: Matrix): Matrix {
    this.saved(this.y, dy);
    if (this.mask === undefined) return dy;
    const dx = this.buffer("dx", dy.rows, dy.cols);
    this.kernels.multiply(dy, this.mask, dx);
    return dx;
  }

  private draw(mask: Matrix): Matrix {
    const { rows, cols, data } = mask;
    const { random, position } = this.context;
    const { rate } = this.options;
    const kept = 1 / (1 - rate);
    if (this.shares.length !== cols) this.shares = new Float64Array(cols);
    for (let r = 0; r < rows; r++) {
      random.shares(this.shares, position.step, position.example + r);
      for (let c = 0; c < cols; c++) data[r * cols + c] = this.shares[c] < rate ? 0 : kept;
    }
    return mask;
  }
}
