import type { Shards } from "./distributed/shards.js";

/** Something whose numbers are still to be computed from operands that will not stay. */
export interface Unsettled {
  settle(): void;
}

/**
 * The gradients of a model that are kept as a product xᵀ·dy until somebody reads them. Plain gradient descent never
 * does: it adds the product straight to the weights.
 */
export class Pending {
  /** Whether what waits may go on waiting: from the backward pass of a step until its end. */
  isOpen = false;
  /** Whether the layer at work hands on its operands as they came: they stay as they are until the next pass. */
  mayKeep = false;
  /** The shards of the present batch, where training is distributed. */
  shards: Shards | undefined;
  private readonly waiting: Unsettled[] = [];
  private count = 0; // of those that wait; an emptied array would have to grow anew in each step

  add(gradient: Unsettled): void {
    this.waiting[this.count++] = gradient;
  }

  /** Forgets them all: their owners begin anew. */
  drop(): void {
    this.count = 0;
  }

  /**
   * Calls `add` for each run of the batch's rows whose gradients are added up on their own: all rows, or each shard.
   * `lane` says where: `parameter.lane(lane)`.
   */
  eachPart(rows: number, add: (lane: number, start: number, count: number) => void): void {
    const { starts } = this.shards ?? { starts: [0, rows] };
    for (let lane = 0; lane + 1 < starts.length; lane++) {
      const count = starts[lane + 1] - starts[lane];
      if (count > 0) add(lane, starts[lane], count);
    }
  }

  /** Called before an operand may be overwritten: computes what is still to be computed. */
  settle(): void {
    if (this.count === 0 || this.isOpen) return;
    for (let i = 0; i < this.count; i++) this.waiting[i].settle();
    this.count = 0;
  }
}
