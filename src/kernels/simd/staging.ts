import type { Block } from "../kernels.js";
import type { ModelMemory, Run } from "../memory/model-memory.js";

/** Where operands stand for one call: as they are, or as copies where they are not in the kernels' memory. */
export class Staging {
  private readonly copies: { readonly run: Run; readonly back: Block | undefined }[] = [];

  constructor(readonly memory: ModelMemory) {}

  /** The address of numbers to read. */
  source(x: Block): number {
    const { storage } = x;
    if (storage?.memory === this.memory) return storage.address ?? 0;
    return this.copy(x, true, undefined);
  }

  /** The address of numbers to write; `read`: what they were counts, too. */
  target(x: Block, read: boolean): number {
    const { storage } = x;
    if (storage?.memory === this.memory) return storage.address ?? 0;
    return this.copy(x, read, x);
  }

  private copy(x: Block, read: boolean, back: Block | undefined): number {
    const run = this.memory.take(4 * x.rows * x.cols, false);
    if (read) this.view(run).set(x.data);
    this.copies.push({ run, back });
    return run.address;
  }

  private view({ address, bytes }: Run): Float32Array {
    return new Float32Array(this.memory.buffer, address, bytes / 4);
  }

  /** Copies results back, and gives the memory of copies back. */
  end(): void {
    if (this.copies.length === 0) return;
    for (const { run, back } of this.copies) {
      back?.data.set(this.view(run));
      this.memory.give(run);
    }
    this.copies.length = 0;
  }
}
