import { fail } from "../errors.js";
import type { Storage } from "../kernels/kernels.js";
import { backThrough } from "../layers/back-through.js";
import { Context, type GivenValues } from "../layers/context.js";
import { Layer, type LayerJSON } from "../layers/layer.js";
import { adopt, assemble } from "../layers/two-part-build.js";
import type { Matrix } from "../matrix.js";
import { anything } from "../options.js";
import type { Parameter } from "../parameter.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import { whenBuilt } from "./first-batch.js";
import { lengthOf, placeGradients } from "./gradients.js";
import { expectFree, expectLayers, expectShape, isChain } from "./nesting.js";
import { expectOptions, optionRules, type SequentialOptions } from "./sequential-options.js";

/** Layers one after the other, as a layer: how a model is put together, built, and run in both directions. */
export abstract class Chain extends Layer<SequentialOptions & { layers: readonly Layer[] }> {
  static override readonly rules = () => ({ ...optionRules(), layers: anything });

  /** The shapes of the layers' output rows, once built. */
  readonly shapes = new Map<Layer, Shape>();
  private allParameters: readonly Parameter[] = [];
  private allGradients: Matrix | undefined;
  private home: Storage | undefined; // of the gradients

  /**
   * `given`, for who reads files: the weights to begin with.
   * @throws ChainruleError for an empty list, unknown options, or a layer that is in a model already
   */
  constructor(layers: readonly Layer[], options: SequentialOptions = {}, given?: GivenValues) {
    super({ ...expectOptions(options), layers: expectLayers("Sequential", layers) });
    const { table, input = table && [table.names.length] } = this.options;
    if (input !== undefined) this.buildRoot(input, given);
  }

  get layers(): readonly Layer[] {
    return this.options.layers;
  }

  override get parameters(): readonly Parameter[] {
    return this.allParameters;
  }

  override get isPenalized(): boolean {
    return this.layers.some((layer) => layer.isPenalized);
  }

  override get penalty(): number {
    return this.layers.reduce((sum, layer) => sum + layer.penalty, 0);
  }

  override get label(): string {
    return this.type;
  }

  /** How many numbers a row of inputs has. */
  get inputSize(): number {
    return sizeOf(this.inputShape);
  }

  /** The shape of a row of outputs. */
  get outputShape(): Shape {
    return this.shapes.get(this.layers[this.layers.length - 1]) ?? this.inputShape;
  }

  /** How many numbers a row of outputs has. */
  get outputSize(): number {
    return sizeOf(this.outputShape);
  }

  /** Whether the model was built by itself, and is not a part of another. */
  get isRoot(): boolean {
    return this.allGradients !== undefined;
  }

  /** Whether it is in training right now. */
  get isTraining(): boolean {
    return false;
  }

  /** All gradients side by side, in the order of `parameters`, [1 × numbers]. */
  get gradients(): Matrix {
    if (this.allGradients !== undefined) return this.allGradients;
    const advice = this.isBuilt
      ? "Use the model that it is a part of."
      : "Give it `input`, or a first batch.";
    return fail(
      this.type,
      "to be a built model of its own for training",
      this.isBuilt ? "a nested one" : "one that is not built",
      advice,
    );
  }

  /** Moves the gradients into other memory, or back to the model's own; others than the first are for further shards. */
  moveGradients(arenas: readonly Storage[] = this.home === undefined ? [] : [this.home]): void {
    this.allGradients = placeGradients(this.parameters, arenas, this.allGradients?.copy());
  }

  /** Builds the layers one on the other. A model that was built by itself keeps its weights when it is nested. */
  override build(input: Shape, context: Context): Shape {
    if (this.isBuilt) super.build(input, context); // which says so
    const output = this.assemble(input, context);
    this.adopt(context);
    return output;
  }

  /** Builds all but the nested models that have weights already, or, where something does not fit, changes nothing. */
  assemble(input: Shape, context: Context): Shape {
    const { dtype = context.dtype } = this.options;
    if (dtype !== context.dtype) {
      const expected = `nested models of ${context.dtype}, as the outer one`;
      fail("Sequential", expected, dtype, "Leave out its dtype.");
    }
    if (this.options.table !== undefined && context.path !== "") {
      fail("A nested model", "no `table`", "one", "Give it to the outermost model.");
    }
    if (this.isRoot) return this.expectSameRows(input);
    expectFree(this.layers);
    super.build(input, context);
    try {
      let shape = input;
      for (const [i, layer] of this.layers.entries()) {
        shape = assemble(layer, shape, context.child(String(i)));
        expectShape(layer, shape);
        this.shapes.set(layer, shape);
      }
      return shape;
    } catch (error) {
      this.unbuild();
      throw error;
    }
  }

  /** The output shape of a model that has weights. @throws ChainruleError unless they are for these rows */
  private expectSameRows(input: Shape): Shape {
    const [own, given] = [formatShape(this.inputShape), formatShape(input)];
    if (own !== given) {
      fail("A nested model with weights", `rows ${own}, as before`, given, "Check the layer before it.");
    }
    return this.outputShape;
  }

  /** Moves models that were built by themselves, weights and all, to their places in `context`: this, or those inside. */
  adopt(context: Context): void {
    if (this.isRoot) this.moveTo(context);
    else {
      adopt(this.layers, context);
      this.allParameters = this.layers.flatMap((layer) => layer.parameters);
    }
  }

  private moveTo(context: Context): void {
    const { inputShape, parameters } = this;
    this.unbuild();
    this.build(inputShape, context);
    for (const [i, { value, trainable }] of parameters.entries()) {
      this.parameters[i].value.data.set(value.data);
      this.parameters[i].trainable = trainable;
    }
  }

  /** Forgets what `build` made, but for nested models that it has not adopted yet. */
  override unbuild(): void {
    super.unbuild();
    for (const layer of this.layers) if (!isChain(layer) || !layer.isRoot) layer.unbuild();
    this.shapes.clear();
    this.allParameters = [];
    [this.allGradients, this.home] = [undefined, undefined];
  }

  /** Builds the model by itself, with all its gradients side by side; `given`: with these values. */
  buildRoot(input: Shape, given?: GivenValues): void {
    const { dtype = "float32", seed = 0, table } = this.options;
    if (table !== undefined && sizeOf(input) !== table.names.length) {
      const rows = `rows of ${table.names.length} numbers, as its table makes`;
      fail(this.type, rows, formatShape(input), "Check `input` and the data.");
    }
    this.build(input, Context.root({ dtype, seed, given }));
    try {
      this.home = this.kernels.allocate(lengthOf(this.parameters));
      this.moveGradients();
    } catch (error) {
      this.unbuild(); // there is no memory for them
      throw error;
    }
  }

  /** y = fₙ(… f₂(f₁(x))) */
  forward(x: Matrix, training: boolean): Matrix {
    whenBuilt(this, this.label, x, () => this.expectInput(x));
    return this.layers.reduce((y, layer) => layer.forward(y, training), x);
  }

  /** ∂L/∂x = dy · fₙ′ · … · f₂′ · f₁′: the chain rule */
  backward(dy: Matrix): Matrix {
    // A subclass of another type may go on with what is returned, whoever wants its own.
    return backThrough(this.layers, dy, this.context.wantsInputGradient || !isChain(this));
  }

  override toJSON(): LayerJSON {
    const { layers, input: _, table, ...options } = this.options;
    const built = this.isRoot ? { input: this.inputShape } : {}; // that of a nested one follows from the outer
    return {
      type: this.type,
      options: {
        ...options,
        ...built,
        ...(table && { table: table.toJSON() }),
        layers: layers.map((layer) => layer.toJSON()),
      },
    };
  }

  override toString(): string {
    return `${this.type}([${this.layers.map(String).join(", ")}])`;
  }
}
