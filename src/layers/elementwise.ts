import type { Curve } from "../kernels/kernels.js";
import type { Matrix } from "../matrix.js";
import { Layer } from "./layer.js";

/** y = f(x), number by number. A subclass gives `curve`: f beside its derivative f′(x, y). */
export abstract class Elementwise<Options extends object = object> extends Layer<Options> {
  protected abstract readonly curve: Curve;
  /** The one number that f may depend on: a slope, an α, a β. */
  protected readonly parameter: number = 0;

  private x: Matrix | undefined; // saved by forward, [batch × units]
  private y: Matrix | undefined; // saved by forward, [batch × units]

  /** y = f(x) */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    this.y = this.buffer("y", x.rows, x.cols);
    this.kernels.map(this.curve, x, this.y, this.parameter);
    return this.y;
  }

  /** ∂L/∂x = dy ∘ f′(x) */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy);
    const y = this.saved(this.y, dy);
    const dx = this.buffer("dx", x.rows, x.cols);
    this.kernels.mapGradient(this.curve, x, y, dy, dx, this.parameter);
    return dx;
  }
}
