import { describe, fail, size } from "../errors.js";
import { Matrix } from "../matrix.js";
import { callable, integer, optional } from "../options.js";
import type { Shape } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

export interface LambdaOptions {
  /** y of x, [batch × inputs] → [batch × units], in a new matrix. */
  forward: (x: Matrix, training: boolean) => Matrix;
  /** ∂L/∂x of ∂L/∂y; x and y are those of the last forward. Default: the layer cannot have layers that train before it. */
  backward?: (dy: Matrix, x: Matrix, y: Matrix) => Matrix;
  /** How many numbers a row of y has. Default: as many as x. */
  units?: number;
}

/**
 * A function of yours as a layer without parameters. It cannot be written to a file, unless both functions are made with
 * `named`. For parameters write a class that extends `Layer`.
 */
export class Lambda extends Layer<LambdaOptions> {
  static override readonly type = "Lambda";
  static override readonly traits = { notSerializable: "its functions are the user's own" };
  static override readonly rules = () => ({
    forward: callable("a function of x"),
    backward: optional(callable("a function of dy, x and y")),
    units: optional(integer(1)),
  });
  static override readonly example = {
    options: { forward: (x: Matrix) => x.mul(x), backward: (dy: Matrix, x: Matrix) => dy.mul(x).mul(2) },
    input: [6],
  };

  private x: Matrix | undefined; // saved by forward
  private y: Matrix | undefined; // saved by forward

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    return this.options.units === undefined ? input : [this.options.units];
  }

  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    const y = this.options.forward(x, training);
    this.expectResult("forward", y, x.rows, this.options.units ?? x.cols);
    [this.x, this.y] = [x, y];
    return y;
  }

  /** @throws ChainruleError without a `backward` */
  backward(dy: Matrix): Matrix {
    const y = this.saved(this.y, dy);
    const x = this.x as Matrix;
    const { backward } = this.options;
    if (backward === undefined) {
      if (!this.context.wantsInputGradient) return this.buffer("no dx", 0, x.cols);
      return fail("Lambda", "a `backward`, since layers before it train", "none");
    }
    const dx = backward(dy, x, y);
    this.expectResult("backward", dx, x.rows, x.cols);
    return dx;
  }

  private expectResult(what: string, matrix: Matrix, rows: number, cols: number): void {
    const fits = Matrix.isMatrix(matrix) && matrix.rows === rows && matrix.cols === cols;
    if (!fits || matrix.dtype !== this.context.dtype) {
      const got = Matrix.isMatrix(matrix) ? `${size(matrix)} in ${matrix.dtype}` : describe(matrix);
      fail("Lambda", `\`${what}\` to return [${rows} × ${cols}] in ${this.context.dtype}`, got);
    }
  }
}
