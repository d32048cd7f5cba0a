import type { Constraint } from "../constraints.js";
import { fail } from "../errors.js";
import { type Initializer, normal } from "../initializers.js";
import { addToRows, copyRows } from "../kernels/catalogue/rows.js";
import type { Matrix } from "../matrix.js";
import { callable, integer, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import type { Regularizer } from "../regularizers.js";
import { rowsOf } from "../rows-of.js";
import { type Shape, sizeOf } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

export interface EmbeddingOptions {
  /** How many things there are: inputs are whole numbers from 0 to inputDim − 1. */
  inputDim: number;
  /** How many numbers stand for each. */
  outputDim: number;
  /** Default: normal({ standardDeviation: 1 }), as PyTorch. */
  weightInitializer?: Initializer;
  /** A penalty on the weights that is added to the loss. Default: none. */
  weightRegularizer?: Regularizer;
  /** What the weights are brought back to after each step. Default: none. */
  weightConstraint?: Constraint;
}

/**
 * A row of the table for each index: y = weight[x], [batch × length] → [batch × length·outputDim], of shape
 * [length × outputDim]. `weight` is [inputDim × outputDim]. ∂L/∂weight: each row gathers the dy of its places.
 * @throws ChainruleError for inputs that are no such index
 */
export class Embedding extends Layer<EmbeddingOptions> {
  static override readonly type = "Embedding";
  static override readonly example = { options: { inputDim: 5, outputDim: 2 }, input: [3], indices: 5 };
  static override readonly traits = { notDifferentiable: "its inputs are indices" };
  static override readonly rules = () => ({
    inputDim: integer(1),
    outputDim: integer(1),
    weightInitializer: optional(callable("an initializer such as normal()")),
    weightRegularizer: optional(callable("a regularizer such as l2()")),
    weightConstraint: optional(callable("a constraint such as maxNorm()")),
  });

  private weight!: Parameter; // [inputDim × outputDim]
  private x: Matrix | undefined; // saved by forward, [batch × length]

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const { inputDim, outputDim, weightInitializer = normal({ standardDeviation: 1 }) } = this.options;
    const fan = { fanIn: inputDim, fanOut: outputDim };
    this.weight = context.parameter("weight", inputDim, outputDim, fan, weightInitializer);
    this.weight.regularizer = this.options.weightRegularizer;
    this.weight.constraint = this.options.weightConstraint;
    return [sizeOf(input), outputDim];
  }

  override get parameters(): readonly Parameter[] {
    return this.isBuilt ? [this.weight] : [];
  }

  /** y = weight[x] */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.expectIndices(x);
    this.x = x;
    const { outputDim } = this.options;
    const y = this.buffer("y", x.rows, x.cols * outputDim);
    copyRows(this.weight.value, x, y);
    return y;
  }

  /** ∂L/∂weight[x] += dy; indices have no derivative, so ∂L/∂x = 0 */
  backward(dy: Matrix): Matrix {
    const { outputDim } = this.options;
    const x = this.saved(this.x, dy, this.x && this.x.cols * outputDim);
    if (this.weight.trainable) {
      this.context.pending.eachPart(x.rows, (lane, start, count) => {
        addToRows(this.weight.lane(lane), rowsOf(x, start, count), rowsOf(dy, start, count));
      });
    }
    const dx = this.buffer("dx", x.rows, x.cols);
    this.kernels.fill(dx, 0);
    return dx;
  }

  private expectIndices({ data, cols }: Matrix): void {
    const { inputDim } = this.options;
    for (let i = 0; i < data.length; i++) {
      const index = data[i];
      if (Number.isInteger(index) && index >= 0 && index < inputDim) continue;
      const where = `${index} in row ${Math.floor(i / cols)}, column ${i % cols}`;
      fail(this.label, `whole numbers from 0 to ${inputDim - 1}`, where, "Check `inputDim`, and the inputs.");
    }
  }
}
