import { fail } from "../errors.js";
import { type GateCurve, gate, gateGradient, glu, swiglu } from "../kernels/catalogue/gates.js";
import type { Matrix } from "../matrix.js";
import { formatShape, type Shape } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

/** Splits the last side of a row in two equal parts, [a | b], and lets one part decide how much of the other passes. */
abstract class Gate extends Layer {
  static override readonly rules = () => ({});
  /** f(a, b), beside ∂f/∂a and ∂f/∂b. */
  protected abstract readonly curve: GateCurve;
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
    gate(this.curve, x, y, this.width);
    return y;
  }

  /** ∂L/∂a = dy · ∂f/∂a,  ∂L/∂b = dy · ∂f/∂b */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy, this.x && this.x.cols / 2);
    const dx = this.buffer("dx", x.rows, x.cols);
    gateGradient(this.curve, x, dy, dx, this.width);
    return dx;
  }
}

/** [a | b] → y = a · σ(b): half as wide as its input. Y. Dauphin et al., "Language modeling with gated convolutional networks", 2017. */
export class GLU extends Gate {
  static override readonly type = "GLU";
  protected readonly curve = glu;
}

/** [a | b] → y = a·σ(a) · b: half as wide as its input. N. Shazeer, "GLU variants improve Transformer", 2020. */
export class SwiGLU extends Gate {
  static override readonly type = "SwiGLU";
  protected readonly curve = swiglu;
}
