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
  private keptSlope: Matrix | undefined; // f′(x), saved in training where it comes with f, [batch × units]

  /** y = f(x) */
  forward(x: Matrix, training?: boolean): Matrix {
    this.expectInput(x);
    const keepsSlope = training === true && this.curve.whole !== undefined;
    this.x = x;
    this.y = this.buffer("y", x.rows, x.cols);
    this.keptSlope = keepsSlope ? this.buffer("slope", x.rows, x.cols) : undefined;
    this.kernels.map(this.curve, x, this.y, this.parameter, this.keptSlope);
    return this.y;
  }

  /** ∂L/∂x = dy ∘ f′(x) */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy);
    const y = this.saved(this.y, dy);
    const dx = this.buffer("dx", x.rows, x.cols);
    if (this.keptSlope !== undefined) this.kernels.multiply(dy, this.keptSlope, dx);
    else this.kernels.mapGradient(this.curve, x, y, dy, dx, this.parameter);
    return dx;
  }
}
