import type { Matrix } from "../matrix.js";
import { Layer } from "./layer.js";

/** y = eˣ / Σ eˣ over each row: probabilities. Its Jacobian is not diagonal, so it has a backward of its own. */
export class Softmax extends Layer {
  static override readonly type = "Softmax";
  static override readonly rules = () => ({});

  private y: Matrix | undefined; // saved by forward, [batch × units]

  /** y_c = e^(x_c − max x) / Σ e^(x − max x) */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.y = this.buffer("y", x.rows, x.cols);
    this.kernels.softmax(x, this.y);
    return this.y;
  }

  /** ∂L/∂x = y ∘ (dy − Σ dy ∘ y) */
  backward(dy: Matrix): Matrix {
    const y = this.saved(this.y, dy);
    const dx = this.buffer("dx", y.rows, y.cols);
    this.kernels.softmaxGradient(y, dy, dx);
    return dx;
  }
}

/** y = e⁻ˣ / Σ e⁻ˣ over each row: the smallest number gets the largest share. */
export class Softmin extends Layer {
  static override readonly type = "Softmin";
  static override readonly rules = () => ({});

  private y: Matrix | undefined; // saved by forward, [batch × units]

  /** y = softmax(−x) */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    const y = this.buffer("y", x.rows, x.cols);
    const negative = this.buffer("negative", x.rows, x.cols);
    this.kernels.multiply(x, -1, negative);
    this.kernels.softmax(negative, y);
    this.y = y;
    return y;
  }

  /** ∂L/∂x = −y ∘ (dy − Σ dy ∘ y) */
  backward(dy: Matrix): Matrix {
    const y = this.saved(this.y, dy);
    const dx = this.buffer("dx", y.rows, y.cols);
    this.kernels.softmaxGradient(y, dy, dx);
    this.kernels.multiply(dx, -1, dx);
    return dx;
  }
}
