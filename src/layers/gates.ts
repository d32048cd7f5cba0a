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

  /** y = a · gate(b), or what the subclass says */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    const y = this.buffer("y", x.rows, x.cols / 2);
    const { width } = this;
    this.each(x, (a, i) => {
      y.data[i] = this.gated(x.data[a], x.data[a + width]);
    });
    return y;
  }

  /** ∂L/∂a = dy · ∂y/∂a,  ∂L/∂b = dy · ∂y/∂b */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy, this.x && this.x.cols / 2);
    const dx = this.buffer("dx", x.rows, x.cols);
    const { width } = this;
    this.each(x, (a, i) => {
      const [da, db] = this.derivatives(x.data[a], x.data[a + width]);
      dx.data[a] = dy.data[i] * da;
      dx.data[a + width] = dy.data[i] * db;
    });
    return dx;
  }

  /** Calls f(place of a, place of y) for each pair. */
  private each({ data }: Matrix, f: (a: number, y: number) => void): void {
    const { width } = this;
    for (let y = 0; y < data.length / 2; y++) f(Math.floor(y / width) * 2 * width + (y % width), y);
  }

  protected abstract gated(a: number, b: number): number;
  protected abstract derivatives(a: number, b: number): readonly [number, number];
}

/** [a | b] → y = a · σ(b): half as wide as its input. Y. Dauphin et al., "Language modeling with gated convolutional networks", 2017. */
export class GLU extends Gate {
  static override readonly type = "GLU";

  protected gated(a: number, b: number): number {
    return a * logistic(b);
  }

  protected derivatives(a: number, b: number): readonly [number, number] {
    return [logistic(b), a * logistic(b) * logistic(-b)];
  }
}

/** [a | b] → y = a·σ(a) · b: half as wide as its input. N. Shazeer, "GLU variants improve Transformer", 2020. */
export class SwiGLU extends Gate {
  static override readonly type = "SwiGLU";

  protected gated(a: number, b: number): number {
    return silu.f(a, 0) * b;
  }

  protected derivatives(a: number, b: number): readonly [number, number] {
    return [silu.df(a, 0, 0) * b, silu.f(a, 0)];
  }
}
