import type { Parameter } from "../parameter.js";
import type { Shape } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";
import type { Path } from "./path.js";

/** A layer with paths of others inside. To the model around it it is one layer. */
export abstract class Composite<Options extends object> extends Layer<Options> {
  protected abstract readonly paths: readonly Path[];

  /** Where path `i` is built. */
  protected abstract placeOf(i: number, context: Context): Context;
  /** The shape of a row of y, of those that the paths give. @throws ChainruleError where they do not fit */
  protected abstract outputOf(input: Shape, outputs: readonly Shape[]): Shape;

  override build(input: Shape, context: Context): Shape {
    const output = this.assemble(input, context);
    this.adopt(context);
    return output;
  }

  assemble(input: Shape, context: Context): Shape {
    super.build(input, context);
    try {
      return this.outputOf(
        input,
        this.paths.map((path, i) => path.assemble(input, this.placeOf(i, context))),
      );
    } catch (error) {
      this.unbuild();
      throw error;
    }
  }

  adopt(context: Context): void {
    for (const [i, path] of this.paths.entries()) path.adopt(this.placeOf(i, context));
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

  override get couplesShards(): string | undefined {
    return this.paths.map((path) => path.couplesShards).find((reason) => reason !== undefined);
  }

  override get isPenalized(): boolean {
    return this.paths.some((path) => path.isPenalized);
  }

  override get penalty(): number {
    return this.paths.reduce((sum, path) => sum + path.penalty, 0);
  }

  override get label(): string {
    return this.type;
  }
}
