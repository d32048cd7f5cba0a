import type { Place } from "../kernels/catalogue/masks.js";
import type { Matrix } from "../matrix.js";
import type { Random } from "../random.js";
import { Layer } from "./layer.js";

/**
 * y = x ∘ a + b in training, with numbers drawn for each place; otherwise y = x. What is drawn for a row depends on the
 * seed, the step and the row's place in the whole batch, not on how the batch is cut.
 */
export abstract class NoiseLayer<Options extends object> extends Layer<Options> {
  private scale: Matrix | undefined; // a unless it is 1, saved by forward in training, [batch × units]
  private y: Matrix | undefined; //     saved by forward, [batch × units]

  /** y = x ∘ a + b, or x */
  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    this.scale = undefined;
    this.y = x;
    if (!training) return x;
    this.y = this.buffer("y", x.rows, x.cols);
    const { random, position } = this.context;
    this.scale = this.apply(x, this.y, random, position);
    return this.y;
  }

  /** ∂L/∂x = dy ∘ a, or dy */
  backward(dy: Matrix): Matrix {
    this.saved(this.y, dy);
    if (this.scale === undefined) return dy;
    const dx = this.buffer("dx", dy.rows, dy.cols);
    this.kernels.multiply(dy, this.scale, dx);
    return dx;
  }

  /** Writes y, and returns a, unless a = 1. */
  protected abstract apply(x: Matrix, y: Matrix, random: Random, place: Place): Matrix | undefined;
}
