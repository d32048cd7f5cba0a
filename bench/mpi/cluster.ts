/** A line between machines. */
export interface Network {
  readonly name: string;
  /** Seconds from one program to another. */
  readonly latency: number;
  /** Bytes a second, in each direction. */
  readonly bandwidth: number;
}

/** What a training costs one process, in seconds. */
export interface Compute {
  /** Of each step, however few its rows: the optimizer, the sum of the shards. */
  readonly step: number;
  /** Of each row. */
  readonly row: number;
}

const gigabits = (rate: number, microseconds: number): Network => ({
  name: `${rate} Gb/s`,
  latency: microseconds / 1e6,
  bandwidth: (rate * 1e9) / 8,
});

/** Assumed, not measured: the full rate of the line, and what TCP usually takes from one program to another. */
export const networks: readonly Network[] = [
  gigabits(1, 50),
  gigabits(10, 30),
  gigabits(25, 20),
  gigabits(100, 15),
];

/** Recursive doubling, which `deterministic` asks for: all numbers, log₂ N times. */
export function doubling(ranks: number, bytes: number, { latency, bandwidth }: Network): number {
  return Math.ceil(Math.log2(ranks)) * (latency + bytes / bandwidth);
}

/** A ring: an N-th of the numbers, 2 (N − 1) times. */
export function ring(ranks: number, bytes: number, { latency, bandwidth }: Network): number {
  return 2 * (ranks - 1) * (latency + bytes / ranks / bandwidth);
}

/** What each call costs before its work: a message from each rank to rank 0, and one back by a tree. */
export function agreement(ranks: number, { latency }: Network): number {
  return ranks === 1 ? 0 : (1 + Math.ceil(Math.log2(ranks))) * latency;
}

/** A step on a batch that the ranks share. */
export interface Step {
  readonly batch: number;
  /** Of all gradients. */
  readonly bytes: number;
  readonly compute: Compute;
  readonly network: Network;
}

/** Its seconds. */
export function stepTime(ranks: number, { batch, bytes, compute, network }: Step): number {
  const own = compute.step + (batch / ranks) * compute.row;
  return own + agreement(ranks, network) + doubling(ranks, bytes, network);
}

/** How much of N machines a training of fixed batches makes use of: time of one / (N × time of N). */
export const efficiency = (ranks: number, step: Step): number =>
  stepTime(1, step) / (ranks * stepTime(ranks, step));
