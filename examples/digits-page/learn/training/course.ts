import type { Random } from "chainrule";

/** The order in which examples are learned from: each once in every pass, in another order each time. */
export class Course {
  pass = 0;
  private at = 0;
  private order: Uint32Array;

  constructor(
    readonly count: number,
    readonly batchSize: number,
    private readonly random: Random,
  ) {
    this.order = random.permutation(count, 0);
  }

  /** The places of the examples of this step. */
  get batch(): Uint32Array {
    return this.order.subarray(this.at, this.at + this.batchSize);
  }

  /** On to the next step. */
  advance(): void {
    this.at += this.batchSize;
    if (this.at < this.count) return;
    this.at = 0;
    this.order = this.random.permutation(this.count, ++this.pass);
  }
}

/** Pieces of a step that are worked on at a time, so that it can be left in between: all of the same size. */
export function pieceSize(batchSize: number, most = 512): number {
  let size = Math.min(batchSize, most);
  while (batchSize % size > 0) size--;
  return size;
}
