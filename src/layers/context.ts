import type { Fan, Initializer } from "../initializers.js";
import type { DType, Kernels } from "../kernels/kernels.js";
import { kernelsForModel } from "../kernels/select.js";
import { Matrix } from "../matrix.js";
import { Parameter } from "../parameter.js";
import { Pending } from "../pending.js";
import { Random } from "../random.js";

/** Where training stands: finished steps, and how many rows of the step's batch came before the present ones. */
export interface Position {
  /** Finished steps. */
  step: number;

  /** Rows of the present step that came before. */
  example: number;
  /** How much each of the present rows counts, [rows × 1], while they are trained on or evaluated. Default: 1. */
  weights?: Matrix | undefined;
}

/** The values that parameters begin with: a matrix [rows × cols] by the name of each. It may throw. */
export type GivenValues = (name: string, rows: number, cols: number) => Matrix;

/** What a layer is built in: how wide numbers are, where they live, which random numbers are its own. */
export class Context {
  /** Whether anybody wants what `backward` returns. The lowest layer that trains need not form it in a training step. */
  wantsInputGradient = true;

  private constructor(
    readonly kernels: Kernels,
    readonly random: Random,
    readonly position: Position,
    /** The layer's place in its model, such as `2.0`; empty for a layer by itself. */
    readonly path: string,
    /** The model's gradients that nobody has read yet. */
    readonly pending: Pending = new Pending(),
    /** Values from a file, instead of those of the initializers. */
    private readonly given?: GivenValues,
  ) {}

  /** A context of its own. Defaults: float32, seed 0. */
  static root({
    dtype = "float32",
    seed = 0,
    given,
  }: {
    dtype?: DType;
    seed?: number;
    given?: GivenValues | undefined;
  } = {}): Context {
    const position = { step: 0, example: 0 };
    return new Context(kernelsForModel(dtype), Random.fromSeed(seed), position, "", new Pending(), given);
  }

  get dtype(): DType {
    return this.kernels.dtype;
  }

  /** The context of the part called `name`: the same memory and position, random numbers of its own. */
  child(name: string): Context {
    const path = this.path === "" ? name : `${this.path}.${name}`;
    return new Context(this.kernels, this.random.child(name), this.position, path, this.pending, this.given);
  }

  /** Zeros in the memory of the kernels. */
  matrix(rows: number, cols: number): Matrix {
    return new Matrix(rows, cols, this.kernels.allocate(rows * cols));
  }

  /** A parameter [rows × cols], filled by its initializer, or with what a file gives. */
  parameter(name: string, rows: number, cols: number, fan: Fan, initialize: Initializer): Parameter {
    const path = this.path === "" ? name : `${this.path}.${name}`;
    const given = this.given?.(path, rows, cols); // before there is memory for it: a file may claim any size
    const value = this.matrix(rows, cols);
    if (given === undefined) initialize(value, fan, this.random.child(name));
    else value.data.set(given.data);
    value.storage.forgetView?.();
    return new Parameter(path, value, this.kernels, this.pending);
  }
}
