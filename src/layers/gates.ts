import { fail } from "../errors.js";
import { logistic, silu } from "../kernels/curves.js";
import type { Matrix } from "../matrix.js";
import { formatShape, type Shape } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

/** Splits the last side of a row in two equal parts, [a | b], and lets one part decide how much of the other passes. */
abstract class Gate extends Layer {
  static override readonly rules = () => ({});
  private x: Matrix | undefined; // saved by forward, [batch × 2·units]
  private width = 0; // of a part, along the last side

  /** @throws ChainruleError unless the last side is even */
  override build(input: Shape, context: Context): Shape {
    const last = input[input.length - 1];
    if (last % 2 !== 0) fail(this.label, "an even last side of its input", formatShape(input));
    super.build(input, context);
    this.width = last / 2;
    return [...input.slice(0, -1), this.width];
  }

  /** y = f(a, b) */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    const y = this.buffer("y", x.rows, x.cols / 2);
    const [from, to, width] = [x.data, y.data, this.width];
    for (let a = 0, i = 0; a < from.length; a += 2 * width) {
      for (let c = a; c < a + width; c++, i++) to[i] = this.f(from[c], from[c + width]);
    }
    return y;
  }

  /** ∂L/∂a = dy · ∂f/∂a,  ∂L/∂b = dy · ∂f/∂b */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy, this.x && this.x.cols / 2);
    const dx = this.buffer("dx", x.rows, x.cols);
    const [from, d, to, width] = [x.data, dy.data, dx.data, this.width];
    for (let a = 0, i = 0; a < from.length; a += 2 * width) {
      for (let c = a; c < a + width; c++, i++) {
        to[c] = d[i] * this.byA(from[c], from[c + width]);
        to[c + width] = d[i] * this.byB(from[c], from[c + width]);
      }
    }
    return dx;
  }

  protected abstract f(a: number, b: number): number;
  /** ∂f/∂a */
  protected abstract byA(a: number, b: number): number;
  /** ∂f/∂b */
  protected abstract byB(a: number, b: number): number;
}

/** [a | b] → y = a · σ(b): half as wide as its input. Y. Dauphin et al., "Language modeling with gated convolutional networks", 2017. */
export class GLU extends Gate {
  static override readonly type = "GLU";

  protected f(a: number, b: number): number {
    return a * logistic(b);
  }

  protected byA(_: number, b: number): number {
    return logistic(b);
  }

  protected byB(a: number, b: number): number {
    return a * logistic(b) * logistic(-b);
  }
}

/** [a | b] → y = a·σ(a) · b: half as wide as its input. N. Shazeer, "GLU variants improve Transformer", 2020. */
export class SwiGLU extends Gate {
  static override readonly type = "SwiGLU";

  protected f(a: number, b: number): number {
    return silu.f(a, 0) * b;
  }

  protected byA(a: number, b: number): number {
    return silu.df(a, 0, 0) * b;
  }

  protected byB(a: number): number {
    return silu.f(a, 0);
  }
}
