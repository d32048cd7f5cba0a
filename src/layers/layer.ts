import { describe, fail, size } from "../errors.js";
import type { Kernels } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";
import { checkOptions, type Rules, shape } from "../options.js";
import type { Parameter } from "../parameter.js";
import { inspect } from "../printing.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import { Buffers } from "./buffers.js";
import type { Context } from "./context.js";
import { frozenCopy, plainOptions, writtenOptions } from "./layer-options.js";

/** A layer as plain JSON: its type, and the options that its constructor takes. */
export interface LayerJSON {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The laws that a layer declares it cannot keep, each with the reason. The conformance suite checks all the others. */
export interface Traits {
  /** A row's output may depend on the other rows of its batch. */
  readonly couplesRows?: string;
  /** `backward` is not the derivative of `forward` everywhere near the test's inputs. */
  readonly notDifferentiable?: string;
  /** The options cannot be written as JSON. */
  readonly notSerializable?: string;
}

/** What the conformance suite builds a layer with. */
export interface Example {
  readonly options: object | (() => object);
  readonly input: Shape;
  /** Inputs are whole numbers below this. Default: any numbers. */
  readonly indices?: number;
}

/** A layer's class: what is known of it before there is an instance. */
export interface LayerClass {
  new (options: never): Layer;
  readonly type: string;
  readonly rules?: () => Rules;
  readonly traits?: Traits;
  readonly example?: Example;
}

/** What `build` was called with, and how many numbers a row of the input has. */
interface Built {
  readonly context: Context;
  readonly input: Shape;
  readonly size: number;
}

/**
 * A function with parameters, and its derivative beside it. `forward` computes y and saves what `backward` needs;
 * `backward` takes ∂L/∂y, adds ∂L/∂w to each parameter's `grad`, and returns ∂L/∂x.
 * A matrix that either returns lives until the layer's next call of the same method.
 */
export abstract class Layer<Options extends object = object> {
  /** The name in files: a literal, since minifiers rename classes. */
  static readonly type: string;
  /** What each option may be. A class without rules of its own checks nothing. */
  static readonly rules?: () => Rules;
  static readonly traits: Traits = {};
  static readonly example: Example = { options: {}, input: [6] };

  private built: Built | undefined;
  private readonly buffers = new Buffers();
  readonly options: Readonly<Options>;

  /** @throws ChainruleError for an unknown option, or one with a value that does not fit */
  constructor(...[options]: Record<never, never> extends Options ? [options?: Options] : [options: Options]) {
    const { type, rules } = new.target as unknown as LayerClass;
    if (rules !== undefined) checkOptions(type, options === undefined ? {} : options, rules());
    this.options = frozenCopy({ ...options }) as Options;
  }

  abstract forward(x: Matrix, training: boolean): Matrix;
  abstract backward(dy: Matrix): Matrix;

  /**
   * Makes the parameters for rows of shape `input` and returns the shape of the output's rows.
   * Call `super.build(input, context)` first. Default: no parameters, the shape unchanged.
   * @throws ChainruleError for a second build, and for what is no shape
   */
  build(input: Shape, context: Context): Shape {
    if (this.built !== undefined) {
      const advice = "Make a new layer, or nest the model that has this one.";
      fail(this.label, "to be in one model, once", "a second place", advice);
    }
    if (!shape.accepts(input)) fail(`${this.label}.build`, shape.expected, describe(input));
    this.built = { context, input, size: sizeOf(input) };
    return input;
  }

  /** Forgets what `build` made, weights included, so that the layer can be built into another model. */
  unbuild(): void {
    this.built = undefined;
    this.buffers.clear();
  }

  /** Whether `backward` gives `addTransposedProduct` x and dy as they came: the product may be formed later. */
  readonly keepsOperands: boolean = false;

  /** What training changes. Default: nothing. */
  get parameters(): readonly Parameter[] {
    return [];
  }

  get type(): string {
    return (this.constructor as unknown as LayerClass).type;
  }

  /** The layer in an error message: `Dense(128)`. */
  get label(): string {
    const first = Object.values(this.options).find((v) => typeof v === "number" || typeof v === "string");
    return `${this.type}(${first ?? ""})`;
  }

  /** Whether `build` was called. */
  get isBuilt(): boolean {
    return this.built !== undefined;
  }

  /** What the layer was built in. @throws ChainruleError before `build` */
  get context(): Context {
    return this.expectBuilt().context;
  }

  /** The shape of the rows that the layer was built for. @throws ChainruleError before `build` */
  get inputShape(): Shape {
    return this.expectBuilt().input;
  }

  protected get kernels(): Kernels {
    return this.context.kernels;
  }

  /** The layer as plain JSON. @throws ChainruleError where an option is a function that no named factory made */
  toJSON(): LayerJSON {
    return { type: this.type, options: plainOptions(this.label, this.options) };
  }

  /** Whether it adds something to the loss. */
  get isPenalized(): boolean {
    return false;
  }

  /** What it adds to the summed loss of the rows of its last forward. Its backward has the derivative. */
  get penalty(): number {
    return 0;
  }

  /** Why a row's output may depend on the other rows of its batch, if it may. */
  get couplesRows(): string | undefined {
    return (this.constructor as unknown as LayerClass).traits?.couplesRows;
  }

  /** The same for a batch whose shards are in several processes. Default: as in one. */
  get couplesShards(): string | undefined {
    return this.couplesRows;
  }

  /** The call that makes this layer: `Dense({ units: 128 })`. */
  toString(): string {
    return `${this.type}(${writtenOptions(this.options)})`;
  }

  /** What `console.log` shows: the code that makes this layer, `new Dense({ units: 128 })`. */
  [inspect](): string {
    return String(this).replace(/\b[A-Z]\w*\(/g, "new $&");
  }

  /** A matrix that the layer keeps under a name and reuses; its numbers are left over from its last use. */
  protected buffer(name: string, rows: number, cols: number): Matrix {
    this.context.pending.settle();
    return this.buffers.get(this.kernels, name, rows, cols);
  }

  /** @throws ChainruleError unless the rows of x have the size that the layer was built for. */
  protected expectInput(x: Matrix): void {
    const { input, context, size } = this.expectBuilt();
    if (!Matrix.isMatrix(x)) fail(this.label, "a Matrix", describe(x), "Use Matrix.from(rows) for arrays.");
    if (x.cols !== size) {
      const shape = input.length > 1 ? ` (${formatShape(input)})` : "";
      fail(this.label, `rows of ${size} numbers${shape}`, String(x.cols), "Check `input`.");
    }
    if (x.dtype !== context.dtype) {
      fail(this.label, `${context.dtype} numbers`, x.dtype, `Convert them with .as("${context.dtype}").`);
    }
  }

  /** What `forward` saved. @throws ChainruleError if it was not called, or `dy` has not the size of its output */
  protected saved(value: Matrix | undefined, dy: Matrix, cols: number | undefined = value?.cols): Matrix {
    if (value === undefined) return this.refuse("a call of forward before it", "none");
    if (!Matrix.isMatrix(dy))
      return this.refuse("a Matrix", describe(dy), "Use Matrix.from(rows) for arrays.");
    if (dy.dtype !== value.dtype)
      this.refuse(`${value.dtype} numbers`, dy.dtype, `Use .as("${value.dtype}").`);
    if (dy.rows !== value.rows || dy.cols !== cols) {
      this.refuse(`a gradient ${size({ rows: value.rows, cols })}, as its output`, size(dy));
    }
    return value;
  }

  private refuse(expected: string, got: string, advice?: string): never {
    return fail(`${this.label}.backward`, expected, got, advice);
  }

  private expectBuilt(): Built {
    if (this.built === undefined) {
      const advice = "Call build(inputShape, context) first; in a build of your own, call super.build first.";
      fail(this.label, "to be built before it is used", "no call of build", advice);
    }
    return this.built;
  }
}
