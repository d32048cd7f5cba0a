import type { Storage } from "../kernels.js";
import type { ModelMemory, Run } from "./model-memory.js";

/** Float32 numbers in a model's memory. Its view is made anew when the memory grew or the numbers moved. */
export class HeapStorage implements Storage {
  readonly dtype = "float32";
  private view: Float32Array | undefined;
  private viewed: ArrayBufferLike | undefined; // what the view is of

  constructor(
    readonly memory: ModelMemory,
    private readonly run: Run,
    private readonly offset: number,
    readonly length: number,
  ) {}

  /** Where the first number stands, in bytes. */
  get address(): number {
    return this.run.address + this.offset;
  }

  get data(): Float32Array {
    const { buffer } = this.memory;
    if (this.view === undefined || this.viewed !== buffer) {
      this.view = new Float32Array(buffer, this.address, this.length);
      this.viewed = buffer;
    }
    return this.view;
  }

  part(start: number, length: number): Storage {
    return new HeapStorage(this.memory, this.run, this.offset + 4 * start, length);
  }

  /** Lets the view go, which would keep a memory alive that the numbers have left. */
  forgetView(): void {
    [this.view, this.viewed] = [undefined, undefined];
  }

  release(): void {
    this.memory.give(this.run);
  }
}
