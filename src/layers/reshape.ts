import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { shape as shapeRule } from "../options.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

/** A layer that changes how a row is read and none of its numbers: y = x. */
abstract class SameNumbers<Options extends object = object> extends Layer<Options> {
  private x: Matrix | undefined; // saved by forward, [batch × units]

  /** y = x */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    return x;
  }

  /** ∂L/∂x = dy */
  backward(dy: Matrix): Matrix {
    this.saved(this.x, dy);
    return dy;
  }
}

/** y = x, for a place where a layer has to be; Keras calls it the linear activation. */
export class Identity extends SameNumbers {
  static override readonly type = "Identity";
  static override readonly rules = () => ({});
}

/** Reads a row of any shape as one list of numbers: [28 × 28] → [784]. */
export class Flatten extends SameNumbers {
  static override readonly type = "Flatten";
  static override readonly example = { options: {}, input: [2, 3] };
  static override readonly rules = () => ({});

  override build(input: Shape, context: Context): Shape {
    return [sizeOf(super.build(input, context))];
  }
}

/** Reads a row as `shape`, which must have as many numbers: [784] → [28 × 28]. */
export class Reshape extends SameNumbers<{
  /** The new shape of a row, of as many numbers. */
  shape: Shape;
}> {
  static override readonly type = "Reshape";
  static override readonly example = { options: { shape: [3, 2] }, input: [6] };
  static override readonly rules = () => ({ shape: shapeRule });

  override build(input: Shape, context: Context): Shape {
    const { shape } = this.options;
    if (shapeRule.accepts(input) && sizeOf(shape) !== sizeOf(input)) {
      fail(`Reshape(${formatShape(shape)})`, `rows of ${sizeOf(shape)} numbers`, `${formatShape(input)}`);
    }
    super.build(input, context);
    return shape;
  }
}
