import { constant } from "../initializers.js";
import { prelu, preluGradient, preluSlopeGradient } from "../kernels/catalogue/prelu.js";
import type { Matrix } from "../matrix.js";
import { finite, flag, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { rowsOf } from "../rows-of.js";
import { type Shape, sizeOf } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

export interface PReLUOptions {
  /** The slope at first. Default: 0.25. */
  initialSlope?: number;
  /** Whether each unit learns a slope of its own. Default: false, one for all. */
  perUnit?: boolean;
}

/**
 * y = x, or a·x where x ≤ 0, with a slope a that is learned: `slope` [1 × 1], or [1 × units]. ∂L/∂a = Σ dy·x where x ≤ 0.
 * K. He et al., "Delving deep into rectifiers", 2015.
 */
export class PReLU extends Layer<PReLUOptions> {
  static override readonly type = "PReLU";
  static override readonly rules = () => ({ initialSlope: optional(finite), perUnit: optional(flag) });
  static override readonly example = { options: { perUnit: true }, input: [6] };

  private slope: Parameter | undefined;
  private x: Matrix | undefined; // saved by forward, [batch × units]

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const { initialSlope = 0.25, perUnit = false } = this.options;
    const units = perUnit ? sizeOf(input) : 1;
    const fan = { fanIn: units, fanOut: units };
    this.slope = context.parameter("slope", 1, units, fan, constant({ value: initialSlope }));
    return input;
  }

  override unbuild(): void {
    super.unbuild();
    this.slope = undefined;
  }

  override get parameters(): readonly Parameter[] {
    return this.slope === undefined ? [] : [this.slope];
  }

  /** y = max(x, 0) + a·min(x, 0) */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    const y = this.buffer("y", x.rows, x.cols);
    prelu(x, this.parameters[0].value, y);
    return y;
  }

  /** ∂L/∂x = dy, or a·dy where x ≤ 0 */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy);
    const dx = this.buffer("dx", x.rows, x.cols);
    const [slope] = this.parameters;
    if (slope.trainable && !this.options.perUnit) {
      this.context.pending.eachPart(x.rows, (lane, start, count) => {
        const [from, dOut, dIn] = [x, dy, dx].map((m) => rowsOf(m, start, count));
        slope.lane(lane).data[0] += preluSlopeGradient(from, slope.value, dOut, dIn);
      });
      return dx;
    }
    const products = slope.trainable ? this.buffer("products", x.rows, x.cols) : undefined;
    preluGradient(x, slope.value, dy, dx, products);
    if (products !== undefined) slope.addColumnSums(products);
    return dx;
  }
}
