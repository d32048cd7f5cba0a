import { fail } from "../errors.js";
import type { Part } from "../io/parts.js";
import type { DType } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import type { Constants } from "./constants.js";
import type { Constant, ElementType } from "./read-constant.js";
import type { Graph } from "./read-graph.js";

/** A layer of a graph; `frozen` are the names of parameters that the graph does not have. */
export interface GraphPart extends Part {
  readonly frozen?: readonly string[];
}

/** How often one number may stand for many: a file of a few bytes may claim rows of any size. */
const MOST_REPEATED = 2 ** 20;

/** What becomes of a value: some layers, and how a row of theirs is read. */
export interface Step {
  readonly parts: readonly GraphPart[];
  readonly row: readonly number[];
  readonly type?: ElementType;
}

/** Where reading stands in a graph: a value [batch × row], and what its numbers are. */
export class Place {
  constructor(
    readonly graph: Graph,
    readonly value: string,
    /** Without sides for one number a row. */
    readonly row: readonly number[],
    readonly type: ElementType,
  ) {}

  /** How many numbers a row has. */
  get units(): number {
    return sizeOf(this.row);
  }

  /** The same value after a layer that makes rows of this shape. */
  as(row: readonly number[]): Place {
    return new Place(this.graph, this.value, row, this.type);
  }

  /** How many axes the value has. */
  get rank(): number {
    return this.row.length + 1;
  }

  /** An axis counted from the front, or nothing where there is none of that number. */
  axis(axis: number): number | undefined {
    const from = axis < 0 ? axis + this.rank : axis;
    return Number.isInteger(from) && from >= 0 && from < this.rank ? from : undefined;
  }

  /** Whether the axes from this one on hold all numbers of a row. */
  isWholeFrom(axis: number): boolean {
    const from = this.axis(axis);
    return from !== undefined && from > 0 && sizeOf(this.row.slice(from - 1)) === this.units;
  }

  /** Whether this axis alone holds all numbers of a row. */
  isWholeAt(axis: number): boolean {
    const at = this.axis(axis);
    return at !== undefined && at > 0 && this.row[at - 1] === this.units;
  }

  get constants(): Constants {
    return this.graph.constants;
  }

  get dtype(): DType {
    return this.type === "float64" ? "float64" : "float32";
  }

  /** A constant of the value's own type. @throws ChainruleError for another */
  floats(who: string, name: string): Constant {
    const constant = this.constants.get(name);
    if (constant.type === this.type && constant.type.startsWith("float")) return constant;
    return fail(who, `floats, ${this.type} as its input`, constant.type, "Export the model in one type.");
  }

  /** A number for each of a row, [1 × units]: one for all stands for each. Nothing where it does not fit. */
  perUnit({ dims, data }: Constant): Matrix | undefined {
    const { row, units, rank } = this;
    if (dims.length > rank) return undefined;
    if (data.length === 1 && units <= MOST_REPEATED)
      return new Matrix(1, units, zeros(units, data).fill(data[0]));
    const sides = [...Array<number>(rank - dims.length).fill(1), ...dims];
    const fits = sides[0] === 1 && row.every((side, i) => sides[i + 1] === side);
    return fits ? new Matrix(1, units, data) : undefined;
  }

  /** The one number of a constant that leaves the value's shape as it is. */
  single({ dims, data }: Constant): number | undefined {
    return data.length === 1 && dims.length <= this.rank ? data[0] : undefined;
  }
}

const zeros = (length: number, like: Float32Array | Float64Array) =>
  like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** A row as errors print it: `[3 × 4]`, or one number. */
export const formatRow = (row: Shape): string => (row.length === 0 ? "[1]" : formatShape(row));
