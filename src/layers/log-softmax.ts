import { logSoftmax, logSoftmaxGradient } from "../kernels/catalogue/log-softmax.js";
import type { Matrix } from "../matrix.js";
import { Layer } from "./layer.js";

/** y = x − ln Σ eˣ over each row: the logarithms of Softmax, without its overflow and underflow. */
export class LogSoftmax extends Layer {
  static override readonly type = "LogSoftmax";
  static override readonly rules = () => ({});

  private y: Matrix | undefined; // saved by forward, [batch × units]

  /** y_c = x_c − max x − ln Σ e^(x − max x) */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    const y = this.buffer("y", x.rows, x.cols);
    logSoftmax(x, y, this.buffer("logs", x.rows, 2));
    this.y = y;
    return y;
  }

  /** ∂L/∂x = dy − eʸ·Σ dy */
  backward(dy: Matrix): Matrix {
    const y = this.saved(this.y, dy);
    const dx = this.buffer("dx", y.rows, y.cols);
    logSoftmaxGradient(y, dy, dx);
    return dx;
  }
}
