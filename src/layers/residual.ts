import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import { Composite } from "./composite.js";
import type { Context } from "./context.js";
import { Dense } from "./dense.js";
import type { Layer } from "./layer.js";
import { layerList, Path } from "./path.js";

/**
 * A way around some layers: y = x + F(x), F their output, which must be as wide as x. ∂L/∂x = dy + (∂F/∂x)ᵀ·dy, so a
 * gradient reaches the layers below however deep F is. K. He et al., "Deep residual learning", 2016.
 * @throws ChainruleError when it is built, unless F gives back as many numbers as it takes
 */
export class Residual extends Composite<{
  /** What is added to x: layers one after the other, whose output is as wide as their input. */
  layers: readonly Layer[];
}> {
  static override readonly type = "Residual";
  static override readonly rules = () => ({ layers: layerList });
  static override readonly example = {
    options: () => ({ layers: [new Dense({ units: 3 }), new Dense({ units: 6 })] }),
    input: [6],
  };

  private readonly path = new Path(this.options.layers);
  protected readonly paths = [this.path];
  private y: Matrix | undefined; // saved by forward, [batch × units]

  protected placeOf(_: number, context: Context): Context {
    return context;
  }

  protected outputOf(input: Shape, [output]: readonly Shape[]): Shape {
    if (sizeOf(output) !== sizeOf(input)) {
      const advice = "Let its last layer have as many units as its input.";
      fail("Residual", `layers from ${formatShape(input)} to as many numbers`, formatShape(output), advice);
    }
    return input;
  }

  /** y = x + F(x) */
  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    const inside = this.path.forward(x, training);
    this.y = this.buffer("y", x.rows, x.cols);
    this.kernels.add(x, inside, this.y);
    return this.y;
  }

  /** ∂L/∂x = dy + what goes back through F */
  backward(dy: Matrix): Matrix {
    this.saved(this.y, dy);
    const { wantsInputGradient } = this.context;
    const inside = this.path.backward(dy, wantsInputGradient);
    if (!wantsInputGradient) return this.buffer("no dx", 0, dy.cols);
    const dx = this.buffer("dx", dy.rows, dy.cols);
    this.kernels.add(dy, inside, dx);
    return dx;
  }
}
