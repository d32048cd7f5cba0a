import type { Matrix } from "../matrix.js";
import { exp } from "../numeric/exponential.js";
import { log } from "../numeric/logarithm.js";
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
    for (let start = 0; start < x.data.length; start += x.cols) {
      const end = start + x.cols;
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = start; i < end; i++) largest = Math.max(largest, x.data[i]);
      let total = 0;
      for (let i = start; i < end; i++) total += exp(x.data[i] - largest);
      const logTotal = log(total);
      for (let i = start; i < end; i++) y.data[i] = x.data[i] - largest - logTotal;
    }
    this.y = y;
    return y;
  }

  /** ∂L/∂x = dy − eʸ·Σ dy */
  backward(dy: Matrix): Matrix {
    const y = this.saved(this.y, dy);
    const dx = this.buffer("dx", y.rows, y.cols);
    for (let start = 0; start < y.data.length; start += y.cols) {
      const end = start + y.cols;
      let sum = 0;
      for (let i = start; i < end; i++) sum += dy.data[i];
      for (let i = start; i < end; i++) dx.data[i] = dy.data[i] - exp(y.data[i]) * sum;
    }
    return dx;
  }
}
