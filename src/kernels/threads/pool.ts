import { describe, fail } from "../../errors.js";
import { Heap } from "../memory/heap.js";
import { engineVersion, moduleFor, numerics } from "../simd/engine.js";
import { KERNELS } from "../simd/exports.js";
import { FAILED, MOST_THREADS, READY, SLOTS_BYTES, type Slot, slotOf, WORD } from "./slot.js";
import { canStartThreads, parallelism, startThread, type Thread } from "./start.js";

/** Unless `setThreads` says otherwise, no more than this. */
const DEFAULT_MOST = 8;

/** After so many milliseconds a thread that has not taken up its job is given up; so is one that has not finished. */
const TIME_TO_TAKE = 5_000;
const TIME_TO_FINISH = 120_000;

interface Member {
  readonly thread: Thread;
  readonly slot: Slot;
  job: number;
}

/** The threads of this process, the memory that they share, and how many are wanted. */
const pool = {
  wanted: undefined as number | undefined,
  heap: undefined as Heap | undefined,
  members: [] as Member[],
  version: -1,
};

/** How many threads compute, the caller's counted. */
export function threads(): number {
  pool.wanted ??= canStartThreads() ? Math.min(parallelism(), DEFAULT_MOST) : 1;
  return pool.wanted;
}

/** @throws ChainruleError unless it is a whole number from 1 on, and above 1 only where threads can be started */
export function chooseThreads(count: number): void {
  if (!Number.isSafeInteger(count) || count < 1 || count > MOST_THREADS) {
    fail("setThreads", `a whole number from 1 to ${MOST_THREADS}`, describe(count));
  }
  if (count > 1 && !canStartThreads()) {
    const advice = "A page needs cross-origin isolation: COOP same-origin and COEP require-corp.";
    fail("setThreads", "1, where memory cannot be shared", String(count), advice);
  }
  pool.wanted = count;
  while (pool.members.length > count - 1) pool.members.pop()?.thread.end();
}

/** The memory that all threads reach. */
export function sharedHeap(): Heap {
  pool.heap ??= new Heap(true, SLOTS_BYTES);
  return pool.heap;
}

/** Starts what threads are missing, and says how many can be given a job now. It waits for none. */
export function readyThreads(): number {
  if (pool.version !== engineVersion()) dismiss();
  const wanted = threads() - 1;
  const heap = wanted > 0 ? sharedHeap() : undefined;
  while (heap !== undefined && pool.members.length < wanted) {
    const module = moduleFor(numerics(), true);
    if (module === undefined) return 0;
    const number = pool.members.length + 1;
    const slot = slotOf(heap.buffer, number);
    slot.words.fill(0);
    const thread = startThread({ module, memory: heap.wasmMemory, thread: number });
    pool.members.push({ thread, slot, job: 0 });
  }
  let ready = 0;
  for (const { slot } of pool.members) {
    if (Atomics.load(slot.words, WORD.state) !== READY) break;
    ready++;
  }
  return ready;
}

/** Ends all threads; the next job starts new ones. */
function dismiss(): void {
  while (pool.members.length > 0) pool.members.pop()?.thread.end();
  pool.version = engineVersion();
}

/** Where the arguments of a thread's next job are to be written. Threads are counted from 1. */
export function valuesFor(thread: number): Float64Array {
  return pool.members[thread - 1].slot.values;
}

/** Gives a thread its job, whose arguments stand in its slot. */
export function give(thread: number, kernel: (typeof KERNELS)[number]): void {
  const member = pool.members[thread - 1];
  const { words } = member.slot;
  words[WORD.kernel] = KERNELS.indexOf(kernel);
  member.job = (member.job + 1) | 0;
  Atomics.store(words, WORD.given, member.job);
  Atomics.notify(words, WORD.given);
}

/**
 * Waits until threads 1 to `count` are done. @throws ChainruleError for one that died; the next job has new threads.
 */
export function awaitThreads(count: number): void {
  for (let thread = 1; thread <= count; thread++) {
    const { slot, job, thread: worker } = pool.members[thread - 1];
    const { words } = slot;
    let started = 0;
    for (let looks = 1; Atomics.load(words, WORD.done) !== job; looks++) {
      if ((looks & 0xffff) !== 0) continue;
      const now = performance.now();
      started ||= now;
      const isTaken = Atomics.load(words, WORD.taken) === job;
      if (worker.hasEnded || now - started > (isTaken ? TIME_TO_FINISH : TIME_TO_TAKE)) lose(thread);
    }
    if (Atomics.load(words, WORD.state) === FAILED) lose(thread);
  }
}

function lose(thread: number): never {
  dismiss();
  const advice =
    "The result is incomplete: load the last weights that you kept. New threads start with the next job.";
  return fail(
    "A product on threads",
    "every thread to finish its part",
    `no answer of thread ${thread}`,
    advice,
  );
}
