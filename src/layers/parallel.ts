import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { oneOf, optional, type Rule } from "../options.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import { Composite } from "./composite.js";
import type { Context } from "./context.js";
import { Dense } from "./dense.js";
import type { Layer } from "./layer.js";
import { type Merge, merges } from "./merges.js";
import { layerList, Path } from "./path.js";

export interface ParallelOptions {
  /** A list of layers for each branch; an empty list is x itself. */
  branches: readonly (readonly Layer[])[];
  /** How the outputs become one. Default: "concatenate". */
  merge?: "concatenate" | "add" | "average" | "multiply" | "maximum";
}

const lists: Rule = {
  expected: "a list with a list of layers for each branch, each layer once",
  accepts: (v) => Array.isArray(v) && v.length > 0 && v.every(Array.isArray) && layerList.accepts(v.flat()),
};

/**
 * Branches that all take x, and whose outputs are merged number by number, or put side by side: y = [F₁(x) | F₂(x) | …].
 * @throws ChainruleError when it is built, for outputs of different sizes unless they are concatenated
 */
export class Parallel extends Composite<ParallelOptions> {
  static override readonly type = "Parallel";
  static override readonly rules = () => ({
    branches: lists,
    merge: optional(oneOf(...Object.keys(merges))),
  });
  static override readonly example = {
    options: () => ({ branches: [[new Dense({ units: 4 })], [], [new Dense({ units: 2 })]] }),
    input: [6],
  };

  protected readonly paths = this.options.branches.map((layers) => new Path(layers));
  private readonly merge: Merge = merges[this.options.merge ?? "concatenate"];
  private widths: readonly number[] = [];
  private outputs: readonly Matrix[] = []; // saved by forward, [batch × width] each
  private y: Matrix | undefined; //           saved by forward

  protected placeOf(i: number, context: Context): Context {
    return context.child(String(i));
  }

  protected outputOf(_: Shape, shapes: readonly Shape[]): Shape {
    this.widths = shapes.map(sizeOf);
    if (this.merge === merges.concatenate) return [this.merge.width(this.widths)];
    if (this.widths.some((width) => width !== this.widths[0])) {
      const sizes = shapes.map(formatShape).join(", ");
      fail(
        "Parallel",
        `branches of one size to ${this.options.merge}`,
        sizes,
        'Or use merge: "concatenate".',
      );
    }
    return shapes[0];
  }

  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    this.outputs = this.paths.map((path) => path.forward(x, training));
    this.y = this.buffer("y", x.rows, this.merge.width(this.widths));
    this.merge.forward(this.outputs, this.y);
    return this.y;
  }

  /** ∂L/∂x = the sum of what goes back through the branches */
  backward(dy: Matrix): Matrix {
    const y = this.saved(this.y, dy);
    const { wantsInputGradient } = this.context;
    const dx = this.buffer("dx", wantsInputGradient ? dy.rows : 0, sizeOf(this.inputShape));
    this.kernels.fill(dx, 0);
    for (const [i, path] of this.paths.entries()) {
      const d = this.buffer(`d${i}`, dy.rows, this.widths[i]);
      this.merge.backward(this.outputs, y, dy, i, d);
      const inside = path.backward(d, wantsInputGradient);
      if (wantsInputGradient) this.kernels.add(dx, inside, dx);
    }
    return dx;
  }
}
