import { fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import { Context } from "../layers/context.js";
import { Layer, type LayerJSON } from "../layers/layer.js";
import { Matrix } from "../matrix.js";
import { integer, oneOf, optional, type Rule, shape } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Shape, sizeOf } from "../shape.js";
import { expectFree, leavesOf, rootsIn } from "./leaves.js";
import { Moved } from "./moved.js";

export interface SequentialOptions {
  /** The shape of a row of inputs, such as [784]. Default: that of the first batch. */
  input?: Shape;
  /** Where all random numbers come from: weights, shuffling, dropout. A whole number from 0. Default: 0. */
  seed?: number;
  /** Default: "float32". */
  dtype?: DType;
}

const layerList = (): Rule => ({
  expected: "a list of layers, at least one",
  accepts: (v) => Array.isArray(v) && v.length > 0 && v.every(isLayer),
});

/** By what it can do and not by its class, so that layers of another copy of this library are layers too. */
function isLayer(value: unknown): value is Layer {
  return (
    typeof value === "object" &&
    value !== null &&
    "forward" in value &&
    "backward" in value &&
    "build" in value
  );
}

/** Layers one after the other, as a layer: how a model is put together, built, and run in both directions. */
export abstract class Chain extends Layer<SequentialOptions & { layers: readonly Layer[] }> {
  static override readonly rules = () => ({
    layers: layerList(),
    input: optional(shape),
    seed: optional(integer(0)),
    dtype: optional(oneOf("float32", "float64")),
  });

  /** The shapes of the layers' output rows, once built. */
  readonly shapes = new Map<Layer, Shape>();
  private allParameters: readonly Parameter[] = [];
  private allGradients: Matrix | undefined;

  constructor(layers: readonly Layer[], options: SequentialOptions = {}) {
    super({ ...options, layers: Array.isArray(layers) ? [...layers] : layers });
    const leaves = leavesOf(layers);
    const twice = leaves.find((layer, i) => leaves.indexOf(layer) !== i);
    if (twice !== undefined) {
      const advice = "A layer remembers its input: make a second one.";
      fail(this.type, "each layer once", `${twice.label} twice`, advice);
    }
    for (const layer of layers) expectFree(layer);
    if (options.input !== undefined) this.buildRoot(options.input);
  }

  get layers(): readonly Layer[] {
    return this.options.layers;
  }

  override get parameters(): readonly Parameter[] {
    return this.allParameters;
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

  /** All gradients side by side, in the order of `parameters`, [1 × numbers]. */
  get gradients(): Matrix {
    if (this.allGradients !== undefined) return this.allGradients;
    const advice = this.isBuilt
      ? "Use the model that it is a part of."
      : "Give it `input`, or a first batch.";
    return fail(
      this.type,
      "to be a built model of its own for training",
      this.isBuilt ? "a nested one" : "none",
      advice,
    );
  }

  /** Builds the layers one on the other. A model that was built by itself keeps its weights when it is nested. */
  override build(input: Shape, context: Context): Shape {
    const { dtype } = this.options;
    if (dtype !== undefined && dtype !== context.dtype) {
      fail(
        "Sequential",
        `nested models of ${context.dtype}, as the outer one`,
        dtype,
        "Leave out its dtype.",
      );
    }
    for (const layer of this.layers) expectFree(layer);
    super.build(input, context);
    const nested = rootsIn(this.layers).map((root) => new Moved(root));
    for (const { root } of nested) root.unbuild();
    try {
      let shape = input;
      for (const [i, layer] of this.layers.entries()) {
        shape = layer.build(shape, context.child(String(i)));
        this.shapes.set(layer, shape);
      }
      for (const moved of nested) moved.fill();
      this.allParameters = this.layers.flatMap((layer) => layer.parameters);
      return shape;
    } catch (error) {
      this.unbuild();
      for (const moved of nested) moved.goBack();
      throw error;
    }
  }

  override unbuild(): void {
    super.unbuild();
    for (const layer of this.layers) layer.unbuild();
    this.shapes.clear();
    this.allParameters = [];
    this.allGradients = undefined;
  }

  /** Builds the model by itself, with all its gradients side by side. */
  buildRoot(input: Shape): void {
    const { dtype = "float32", seed = 0 } = this.options;
    this.build(input, Context.root({ dtype, seed }));
    const length = this.parameters.reduce((sum, { value }) => sum + value.rows * value.cols, 0);
    const storage = this.kernels.allocate(length);
    let start = 0;
    for (const parameter of this.parameters) {
      const numbers = parameter.value.rows * parameter.value.cols;
      parameter.placeGradient(storage.part(start, numbers));
      start += numbers;
    }
    this.allGradients = new Matrix(1, length, storage);
  }

  /** y = fₙ(… f₂(f₁(x))) */
  forward(x: Matrix, training: boolean): Matrix {
    if (!this.isBuilt && Matrix.isMatrix(x)) this.buildRoot([x.cols]);
    this.expectInput(x);
    return this.layers.reduce((y, layer) => layer.forward(y, training), x);
  }

  /** ∂L/∂x = dy · fₙ′ · … · f₂′ · f₁′: the chain rule */
  backward(dy: Matrix): Matrix {
    return this.layers.reduceRight((dy, layer) => layer.backward(dy), dy);
  }

  override toJSON(): LayerJSON {
    const { layers, ...options } = this.options;
    const built = this.isRoot ? { input: this.inputShape } : {};
    return {
      type: this.type,
      options: { ...options, ...built, layers: layers.map((layer) => layer.toJSON()) },
    };
  }

  override toString(): string {
    return `${this.type}([${this.layers.map(String).join(", ")}])`;
  }
}
