import type { Collective } from "../../../src/distributed/collective.js";
import type { Floats } from "../../../src/kernels/kernels.js";

const HEAD = 4; // arrived, generation, aborted by, length of its message
const SLOT = 1 << 20; // bytes for the numbers of a rank

/** The memory that the threads of a test share. */
export const sharedMemory = (size: number) => new SharedArrayBuffer(4 * HEAD + 4096 + size * SLOT);

/** Threads that work as the ranks of a job: each waits in its call until the others have made theirs. */
export class ThreadCollective implements Collective {
  private readonly head: Int32Array;

  constructor(
    private readonly memory: SharedArrayBuffer,
    readonly rank: number,
    readonly size: number,
    readonly about = "threads",
  ) {
    this.head = new Int32Array(memory, 0, HEAD);
  }

  allReduceSum(numbers: Floats): void {
    if (numbers.byteLength > SLOT) throw new Error(`${numbers.byteLength} bytes are more than a slot has`);
    this.bytesOf(this.rank).set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    this.barrier();
    const all = Array.from({ length: this.size }, (_, rank) => {
      const bytes = this.bytesOf(rank).slice(0, numbers.byteLength);
      return numbers instanceof Float64Array
        ? new Float64Array(bytes.buffer)
        : new Float32Array(bytes.buffer);
    });
    // Pairs, then pairs of pairs, as recursive doubling adds.
    for (let stride = 1; stride < this.size; stride *= 2) {
      for (let r = 0; r + stride < this.size; r += 2 * stride) {
        for (let i = 0; i < numbers.length; i++) all[r][i] += all[r + stride][i];
      }
    }
    this.barrier();
    numbers.set(all[0]);
  }

  broadcast(data: Floats | Uint8Array, root: number): void {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    if (this.rank === root) this.bytesOf(root).set(bytes);
    this.barrier();
    bytes.set(this.bytesOf(root).subarray(0, bytes.length));
    this.barrier();
  }

  barrier(): void {
    const { head } = this;
    const generation = Atomics.load(head, 1);
    this.expectAlive();
    if (Atomics.add(head, 0, 1) + 1 === this.size) {
      Atomics.store(head, 0, 0);
      Atomics.add(head, 1, 1);
      Atomics.notify(head, 1);
    }
    // A late call of notify, for the barrier before, wakes too early.
    while (Atomics.load(head, 1) === generation) {
      if (Atomics.wait(head, 1, generation, 60_000) === "timed-out") {
        throw new Error(`rank ${this.rank} has waited in vain`);
      }
    }
    this.expectAlive();
  }

  abort(error: unknown): never {
    const message = new TextEncoder().encode(String(error)).subarray(0, 4096);
    this.message.set(message);
    Atomics.store(this.head, 3, message.length);
    Atomics.store(this.head, 2, this.rank + 1);
    Atomics.add(this.head, 1, 1);
    Atomics.notify(this.head, 1);
    throw error;
  }

  private expectAlive(): void {
    const by = Atomics.load(this.head, 2);
    if (by === 0) return;
    const message = this.message.slice(0, Atomics.load(this.head, 3));
    throw new Error(`rank ${by - 1} has ended the job: ${new TextDecoder().decode(message)}`);
  }

  private get message(): Uint8Array {
    return new Uint8Array(this.memory, 4 * HEAD, 4096);
  }

  private bytesOf(rank: number): Uint8Array {
    return new Uint8Array(this.memory, 4 * HEAD + 4096 + rank * SLOT, SLOT);
  }
}
