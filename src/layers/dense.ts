import type { Constraint } from "../constraints.js";
import { glorotUniform, type Initializer, zeros } from "../initializers.js";
import type { Matrix } from "../matrix.js";
import { callable, flag, integer, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import type { Regularizer } from "../regularizers.js";
import { type Shape, sizeOf } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

export interface DenseOptions {
  /** How many numbers each row of the output has. */
  units: number;
  /** Whether to add b. Default: true. */
  useBias?: boolean;
  /** Default: glorotUniform(). */
  weightInitializer?: Initializer;
  /** Default: zeros(). */
  biasInitializer?: Initializer;
  /** A penalty on W that is added to the loss. Default: none. */
  weightRegularizer?: Regularizer;
  /** What W is brought back to after each step. Default: none. */
  weightConstraint?: Constraint;
}

/** A fully connected layer: **y = x·W + b**, [batch × inputs] → [batch × units]. */
export class Dense extends Layer<DenseOptions> {
  static override readonly type = "Dense";
  static override readonly example = { options: { units: 3 }, input: [4] };
  static override readonly rules = () => ({
    units: integer(1),
    useBias: optional(flag),
    weightInitializer: optional(callable("an initializer such as glorotUniform()")),
    biasInitializer: optional(callable("an initializer such as zeros()")),
    weightRegularizer: optional(callable("a regularizer such as l2()")),
    weightConstraint: optional(callable("a constraint such as maxNorm()")),
  });

  override readonly keepsOperands = true;
  private weight!: Parameter; //        W, [inputs × units]
  private bias: Parameter | undefined; // b, [1 × units]
  private x: Matrix | undefined; //     saved by forward, [batch × inputs]

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const {
      units,
      useBias = true,
      weightInitializer = glorotUniform(),
      biasInitializer = zeros(),
    } = this.options;
    const fan = { fanIn: sizeOf(input), fanOut: units };
    this.weight = context.parameter("weight", fan.fanIn, units, fan, weightInitializer);
    this.weight.regularizer = this.options.weightRegularizer;
    this.weight.constraint = this.options.weightConstraint;
    if (useBias) this.bias = context.parameter("bias", 1, units, fan, biasInitializer);
    return [units];
  }

  override get parameters(): readonly Parameter[] {
    if (!this.isBuilt) return [];
    return this.bias === undefined ? [this.weight] : [this.weight, this.bias];
  }

  /** y = x·W + b */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    const y = this.buffer("y", x.rows, this.options.units);
    this.kernels.product(x, this.weight.value, y);
    if (this.bias !== undefined) this.kernels.add(y, this.bias.value, y);
    return y;
  }

  /** ∂L/∂W = xᵀ·dy,  ∂L/∂b = Σ rows of dy,  ∂L/∂x = dy·Wᵀ */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy, this.options.units);
    this.weight.addTransposedProduct(x, dy);
    this.bias?.addColumnSums(dy);
    if (!this.context.wantsInputGradient) return this.buffer("no dx", 0, x.cols);
    const dx = this.buffer("dx", x.rows, x.cols);
    this.kernels.productTransposed(dy, this.weight.value, dx);
    return dx;
  }
}
