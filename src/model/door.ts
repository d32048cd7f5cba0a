import type { Batch } from "../data/dataset.js";
import { expectBatch } from "../data/expect-batch.js";
import { fail } from "../errors.js";
import { Buffers } from "../layers/buffers.js";
import type { Context } from "../layers/context.js";
import type { Matrix } from "../matrix.js";
import { rowsOf } from "../rows-of.js";

/** Some rows of a batch: `count` rows from `start` on, in the given order where there is one. */
export interface Rows {
  readonly batch: Batch;
  readonly order?: ArrayLike<number> | undefined;
  readonly start: number;
  readonly count: number;
}

/** Where users' matrices enter a model: rows are copied into its memory, into buffers that are used again. */
export class Door {
  private readonly buffers = new Buffers();

  constructor(
    private readonly context: Context,
    private readonly inputs: number,
  ) {}

  /** Gives its memory back. */
  release(): void {
    this.buffers.clear();
  }

  /** The rows in the model's memory, until the next call. */
  take(rows: Rows): Batch {
    this.enter();
    const { x, y, sampleWeight } = rows.batch;
    const inside = { x: this.copy("x", x, rows), y: this.copy("y", y, rows) };
    return sampleWeight === undefined
      ? inside
      : { ...inside, sampleWeight: this.copy("weight", sampleWeight, rows) };
  }

  private copy(name: string, from: Matrix, { order, start, count }: Rows): Matrix {
    const { kernels } = this.context;
    const to = this.buffers.get(kernels, name, count, from.cols);
    if (order !== undefined) kernels.gather(from, order, start, to);
    else kernels.copy(rowsOf(from, start, count), to);
    return to;
  }

  /** Inputs alone. */
  takeInputs(x: Matrix, start: number, count: number): Matrix {
    this.enter();
    const { kernels } = this.context;
    const to = this.buffers.get(kernels, "x", count, x.cols);
    kernels.copy(rowsOf(x, start, count), to);
    return to;
  }

  /** Before the buffers of the last pass are overwritten. */
  private enter(): void {
    this.context.pending.settle();
    this.context.kernels.beginPass();
  }

  /** @throws ChainruleError unless the batch fits the model and all its numbers are finite. */
  expect(who: string, batch: Batch): Batch {
    const { x, y } = expectBatch(who, batch);
    this.expectInputs(who, x);
    this.expectFinite(who, "x", x);
    this.expectFinite(who, "y", y);
    return batch;
  }

  /** @throws ChainruleError unless the inputs fit the model. */
  expectInputs(who: string, x: Matrix): void {
    const { dtype } = this.context;
    if (x.cols !== this.inputs)
      fail(who, `rows of ${this.inputs} inputs`, String(x.cols), "Check `x`, or `input`.");
    if (x.dtype !== dtype) {
      const advice = `Convert the data with .as("${dtype}"), or make the model with dtype: "${x.dtype}".`;
      fail(who, `${dtype} data, as the model is`, x.dtype, advice);
    }
  }

  /** @throws ChainruleError that says where the first number stands that is NaN or infinite. */
  expectFinite(who: string, name: string, m: Matrix): void {
    const at = this.context.kernels.allFinite(m) ? undefined : firstNonFinite(m);
    if (at === undefined) return;
    const advice = "Clean the data, or scale it.";
    fail(who, `finite numbers in \`${name}\``, `${at.value} in row ${at.row}, column ${at.col}`, advice);
  }
}

/** The first number that is NaN or infinite, and where it stands. */
export function firstNonFinite(m: Matrix): { value: number; row: number; col: number } | undefined {
  const i = m.data.findIndex((x) => !Number.isFinite(x));
  return i < 0 ? undefined : { value: m.data[i], row: Math.floor(i / m.cols), col: i % m.cols };
}
