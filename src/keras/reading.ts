import { fail } from "../errors.js";
import type { Part } from "../io/parts.js";
import type { DType } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";
import { formatShape, type Shape } from "../shape.js";

/** A tensor of a file, its numbers row after row. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: Float32Array | Float64Array;
}

/** Where a layer stands: its name below those of the models around it, and the folder that a `.keras` file has for it. */
export interface Place {
  readonly names: readonly string[];
  readonly folders: readonly string[];
}

/** The weights of a file. */
export interface WeightFile {
  /** The `index`-th weight of a layer, which is called `name`. */
  find(place: Place, name: string, index: number): Tensor | undefined;
  /** @throws ChainruleError for weights that no layer asked for */
  expectAllUsed(): void;
}

/** What is the same for all layers of a file. */
export interface Reading {
  readonly who: string;
  readonly weights: WeightFile;
  readonly dtype: DType;
  /** The major version of Keras by whose conventions the file is to be understood. */
  readonly keras: 2 | 3;
  /** Whether a frozen BatchNormalization goes by its running statistics in training too, as in Keras and not in TensorFlow.js. */
  readonly frozenNormsRest: boolean;
  /** Whether to read frozen layers as if they were not. */
  readonly unfreeze: boolean;
}

/** A layer with its values, and which of them are not to be trained. */
export interface FrozenPart extends Part {
  readonly frozen?: readonly string[];
}

/** What a layer of a file becomes, and the shape of its output's rows. */
export interface Step {
  readonly parts: readonly FrozenPart[];
  readonly shape: Shape;
}

/** Gives a layer's weights one after the other, in the order in which Keras keeps them. */
export class LayerWeights {
  private count = 0;

  constructor(
    readonly who: string,
    private readonly reading: Reading,
    private readonly place: Place,
  ) {}

  /** @throws ChainruleError where there is none, or one of another shape */
  next(name: string, shape: Shape): Matrix {
    const tensor = this.reading.weights.find(this.place, name, this.count++);
    if (tensor === undefined) return fail(this.who, `weights \`${name}\``, "none in the file");
    if (formatShape(tensor.shape) !== formatShape(shape)) {
      fail(this.who, `\`${name}\` of ${formatShape(shape)}`, formatShape(tensor.shape));
    }
    const cols = shape[shape.length - 1] ?? 1;
    const rows = tensor.data.length / cols;
    const wide = this.reading.dtype === "float64";
    const data = wide ? Float64Array.from(tensor.data) : Float32Array.from(tensor.data);
    return new Matrix(rows, cols, data);
  }

  /** The same as one row. */
  row(name: string, shape: Shape): Matrix {
    const { data } = this.next(name, shape);
    return new Matrix(1, data.length, data);
  }
}

/** @throws ChainruleError unless rows have one side: Keras works along the last, this library on whole rows */
export function expectOneSide(who: string, input: Shape): void {
  if (input.length === 1) return;
  const advice =
    "Keras works along the last side alone: put a Flatten layer before it, if whole rows are meant.";
  fail(who, "rows of one side, such as [8]", formatShape(input), advice);
}
