// How threads share the work of one kernel call. A job is cut into chunks; whoever is free, the caller too, claims the
// next one. So a thread that the system keeps waiting holds up one chunk, and not its share of the whole.

/** How many threads there may be, the caller's counted. */
export const MOST_THREADS = 64;

/** More arguments than any kernel has. */
const ARGUMENTS = 18;

/** Where something stands among the words, 32-bit whole numbers. */
const WORD = {
  /** The number of the last job that was given: what threads wait for. */
  job: 0,
  /** What is left: 256 · the number of the job + how many of its chunks nobody has claimed. */
  claim: 1,
  /** How many chunks of the job are done. */
  done: 2,
  /** 1 if a kernel failed. */
  failed: 3,
  kernel: 4,
  chunks: 5,
  countAt: 6,
  scratchAt: 7,
  /** From here on, a word for each thread: 1 when it is there. */
  ready: 16,
} as const;
const WORDS = WORD.ready + MOST_THREADS;

/** How many bytes of shared memory a board has. */
export const JOB_BYTES = 4 * WORDS + 8 * (2 + 2 * ARGUMENTS + MOST_THREADS);

/** A kernel call, and how its arguments move from chunk to chunk. */
export interface Job {
  /** The kernel's place in `KERNELS`. */
  readonly kernel: number;
  readonly values: readonly number[];
  /** How much each argument grows with each thing that is counted: bytes, for addresses. */
  readonly steps: readonly number[];
  /** Which argument counts; the job's chunks share this count. */
  readonly countAt: number;
  /** Which argument is the memory to work in, of which each thread has its own; −1: none. */
  readonly scratchAt: number;
  /** A chunk's count is a multiple of this, but for the last. */
  readonly unit: number;
  readonly chunks: number;
}

export type Call = (...values: readonly number[]) => void;

/** The place of jobs in shared memory, seen from one thread; thread 0 is the caller. */
export class JobBoard {
  private readonly words: Int32Array;
  private readonly sizes: Float64Array; // of all, and of a chunk
  private readonly values: Float64Array;
  private readonly steps: Float64Array;
  private readonly scratch: Float64Array; // a thread's memory to work in
  private readonly mine = new Array<number>(ARGUMENTS).fill(0);

  /** @param address where it stands: `JOB_BYTES` bytes, zeros at first */
  constructor(
    buffer: ArrayBufferLike,
    address: number,
    private readonly thread: number,
  ) {
    this.words = new Int32Array(buffer, address, WORDS);
    let at = address + 4 * WORDS;
    const numbers = (length: number) => {
      at += 8 * length;
      return new Float64Array(buffer, at - 8 * length, length);
    };
    this.sizes = numbers(2);
    this.values = numbers(ARGUMENTS);
    this.steps = numbers(ARGUMENTS);
    this.scratch = numbers(MOST_THREADS);
  }

  /** Says that this thread is there. */
  arrive(): void {
    Atomics.store(this.words, WORD.ready + this.thread, 1);
  }

  hasArrived(thread: number): boolean {
    return Atomics.load(this.words, WORD.ready + thread) === 1;
  }

  /** Where a thread may work. */
  lend(thread: number, scratch: number): void {
    this.scratch[thread] = scratch;
  }

  /** Gives a job to whoever is free. The last one must be done. */
  give({ kernel, values, steps, countAt, scratchAt, unit, chunks }: Job): void {
    const { words, sizes } = this;
    const job = (words[WORD.job] + 1) & 0x7fffff;
    // No chunk is left of the last job, and none of this one is to be had until all of it is written.
    const even = Math.ceil(values[countAt] / chunks / unit) * unit;
    sizes[0] = values[countAt];
    sizes[1] = even;
    this.values.set(values);
    this.steps.set(steps);
    words[WORD.kernel] = kernel;
    words[WORD.countAt] = countAt;
    words[WORD.scratchAt] = scratchAt;
    const count = Math.ceil(values[countAt] / even);
    words[WORD.chunks] = count;
    words[WORD.done] = 0;
    words[WORD.failed] = 0;
    Atomics.store(words, WORD.claim, (job << 8) | count);
    Atomics.store(words, WORD.job, job);
    Atomics.notify(words, WORD.job);
  }

  /** The number of the last job. */
  get job(): number {
    return Atomics.load(this.words, WORD.job);
  }

  /** Sleeps until there is another job than this one. */
  sleep(job: number): void {
    Atomics.wait(this.words, WORD.job, job);
  }

  /** Does chunks of a job until none is left. The board is read only once a chunk is claimed: until then it may change. */
  work(job: number, kernels: readonly Call[]): void {
    const { words, sizes, values, steps, mine, scratch } = this;
    for (;;) {
      const claim = Atomics.load(words, WORD.claim);
      const left = claim & 0xff;
      if (claim >> 8 !== job || left === 0) return;
      if (Atomics.compareExchange(words, WORD.claim, claim, claim - 1) !== claim) continue;
      const begin = (left - 1) * sizes[1];
      const [countAt, scratchAt] = [words[WORD.countAt], words[WORD.scratchAt]];
      for (let i = 0; i < ARGUMENTS; i++) mine[i] = steps[i] === 0 ? values[i] : values[i] + steps[i] * begin;
      mine[countAt] = Math.min(sizes[1], sizes[0] - begin);
      if (scratchAt >= 0) mine[scratchAt] = scratch[this.thread];
      try {
        kernels[words[WORD.kernel]](...mine); // a kernel with fewer arguments leaves the others alone
      } catch {
        words[WORD.failed] = 1;
      }
      Atomics.add(words, WORD.done, 1);
    }
  }

  /** Whether all chunks of the last job are done. */
  get isDone(): boolean {
    return Atomics.load(this.words, WORD.done) === this.words[WORD.chunks];
  }

  get hasFailed(): boolean {
    return this.words[WORD.failed] === 1;
  }
}
