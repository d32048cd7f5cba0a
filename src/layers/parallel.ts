import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { oneOf, optional, type Rule } from "../options.js";
import type { Parameter } from "../parameter.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import type { Context } from "./context.js";
import { Dense } from "./dense.js";
import { Layer } from "./layer.js";
import { type Merge, merges } from "./merges.js";
import { layerList, Path } from "./path.js";

export interface ParallelOptions {
  /** A list of layers for each branch; an empty list is x itself. */
  branches: readonly (readonly Layer[])[];
  /** How the outputs become one. Default: "concatenate". */
  merge?: "concatenate" | "add" | "average" | "multiply" | "maximum";
}

const lists: Rule = {
  expected: "a list with a list of layers for each branch",
  accepts: (v) => Array.isArray(v) && v.length > 0 && v.every(layerList.accepts),
};

/**
 * Branches that all take x, and whose outputs are merged number by number, or put side by side: y = [F₁(x) | F₂(x) | …].
 * @throws ChainruleError when it is built, for outputs of different sizes unless they are concatenated
 */
export class Parallel extends Layer<ParallelOptions> {
  static override readonly type = "Parallel";
  static override readonly rules = () => ({
    branches: lists,
    merge: optional(oneOf(...Object.keys(merges))),
  });
  static override readonly example = {
    options: () => ({ branches: [[new Dense({ units: 4 })], [], [new Dense({ units: 2 })]] }),
    input: [6],
  };

  private readonly paths = this.options.branches.map((layers) => new Path(layers));
  private readonly merge: Merge = merges[this.options.merge ?? "concatenate"];
  private widths: readonly number[] = [];
  private outputs: readonly Matrix[] = []; // saved by forward, [batch × width] each
  private y: Matrix | undefined; //           saved by forward

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const shapes = this.paths.map((path, i) => path.build(input, context.child(String(i))));
    this.widths = shapes.map(sizeOf);
    if (this.options.merge === undefined || this.options.merge === "concatenate") {
      return [this.widths.reduce((sum, width) => sum + width, 0)];
    }
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

  override unbuild(): void {
    super.unbuild();
    for (const path of this.paths) path.unbuild();
  }

  override get parameters(): readonly Parameter[] {
    return this.paths.flatMap((path) => path.parameters);
  }

  override get couplesRows(): string | undefined {
    return this.paths.map((path) => path.couplesRows).find((reason) => reason !== undefined);
  }

  override get isPenalized(): boolean {
    return this.paths.some((path) => path.isPenalized);
  }

  override get penalty(): number {
    return this.paths.reduce((sum, path) => sum + path.penalty, 0);
  }

  override get label(): string {
    return "Parallel";
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
    const dx = this.buffer("dx", dy.rows, sizeOf(this.inputShape));
    this.kernels.fill(dx, 0);
    for (const [i, path] of this.paths.entries()) {
      const d = this.buffer(`d${i}`, dy.rows, this.widths[i]);
      this.merge.backward(this.outputs, y, dy, i, d);
      this.kernels.add(dx, path.backward(d), dx);
    }
    return dx;
  }
}
