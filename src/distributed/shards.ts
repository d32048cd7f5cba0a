/**
 * The shards of a batch that this process works on. What is summed over rows is summed shard by shard, so that the sums
 * do not depend on how many processes share the shards.
 */
export interface Shards {
  /** Where each own shard begins among the rows at hand, and where the last one ends. */
  readonly starts: readonly number[];
  /** The numbers of all shards of the batch, one shard after the other, from those of the own ones. */
  gather(own: Float64Array): Float64Array;
}

/** Where shard `s` of `shards` begins in a batch of so many rows. */
export const startOf = (s: number, shards: number, rows: number): number => Math.floor((s * rows) / shards);
