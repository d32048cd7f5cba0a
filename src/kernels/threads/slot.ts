// How the caller and a thread talk: a slot of shared memory for each, at its beginning, where no matrix is.

/** How many threads there may be, the caller's counted. */
export const MOST_THREADS = 64;

const SLOT_BYTES = 256;
const WORDS_BYTES = 64;
const ARGUMENTS = 18;

/** The bytes at the beginning of a shared memory that belong to the slots. */
export const SLOTS_BYTES = (MOST_THREADS + 1) * SLOT_BYTES;

/** Where in a slot's words something stands. */
export const WORD = {
  /** The number of the last job that was given. */
  given: 0,
  /** The number of the last job that was taken up. */
  taken: 1,
  /** The number of the last job that is done. */
  done: 2,
  /** Which kernel the job is. */
  kernel: 3,
  /** 1 when the thread is there, 2 when it failed. */
  state: 4,
} as const;

export const READY = 1;
export const FAILED = 2;

/** A thread's words, and the arguments of its job. */
export interface Slot {
  readonly words: Int32Array;
  readonly values: Float64Array;
}

export function slotOf(buffer: ArrayBufferLike, thread: number): Slot {
  const start = thread * SLOT_BYTES;
  return {
    words: new Int32Array(buffer, start, WORDS_BYTES / 4),
    values: new Float64Array(buffer, start + WORDS_BYTES, ARGUMENTS),
  };
}
