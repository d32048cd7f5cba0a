import type { Collective } from "../../distributed/collective.js";
import type { DType, Floats } from "../../kernels/kernels.js";
import { zeros } from "../../kernels/storage.js";
import { Matrix } from "../../matrix.js";
import type { Measured } from "../../model/team.js";

/**
 * The predictions of all processes for a batch, in the order of its rows, so that each measures the same as one process
 * would. Every row is added to the zeros of the processes that do not have it.
 */
export class SharedRows {
  private data: Floats;
  private rows = 0;
  private offset = 0;
  private mayMiss = false;

  constructor(
    private readonly collective: Collective,
    private readonly dtype: DType,
  ) {
    this.data = zeros(0, dtype);
  }

  /** Where the own rows stand among all; `mayMiss`: a process may have fewer than it has room for. */
  place(rows: number, offset: number, mayMiss: boolean): void {
    this.rows = rows;
    this.offset = offset;
    this.mayMiss = mayMiss;
  }

  /** The rows of all processes, until the next call. */
  exchange({ prediction, target, weight }: Measured): Measured {
    const { rows, offset } = this;
    const widths = [prediction.cols, target.cols, 1, Number(this.mayMiss)];
    const length = rows * widths.reduce((sum, width) => sum + width) + 1;
    if (this.data.length < length) this.data = zeros(length, this.dtype);
    const data = this.data.subarray(0, length).fill(0);
    let at = 0;
    const blocks = widths.map((width) => {
      const block = data.subarray(at, at + rows * width);
      at += rows * width;
      return block;
    });
    blocks[0].set(prediction.data, offset * prediction.cols);
    blocks[1].set(target.data, offset * target.cols);
    const own = blocks[2].subarray(offset, offset + prediction.rows);
    if (weight === undefined) own.fill(1);
    else own.set(weight.data);
    if (this.mayMiss) blocks[3].fill(1, offset, offset + prediction.rows); // which rows there are
    data[length - 1] = Number(weight !== undefined);
    this.collective.allReduceSum(data);

    const matrices = [0, 1, 2].map((i) => new Matrix(rows, widths[i], blocks[i]));
    const there = this.mayMiss && [...blocks[3].keys()].filter((r) => blocks[3][r] > 0);
    const [predictions, targets, weights] = there ? matrices.map((m) => m.gather(there)) : matrices;
    const isWeighed = data[length - 1] > 0;
    return { prediction: predictions, target: targets, weight: isWeighed ? weights : undefined };
  }
}
