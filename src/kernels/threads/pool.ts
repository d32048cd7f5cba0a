import { describe, fail } from "../../errors.js";
import { Heap } from "../memory/heap.js";
import { engineVersion, hasSharedKernels, moduleFor, numerics } from "../simd/engine.js";
import { type Exports, KERNELS } from "../simd/exports.js";
import { type Call, JOB_BYTES, type Job, JobBoard, MOST_THREADS } from "./job.js";
import { canStartThreads, parallelism, startThread, type Thread } from "./start.js";

/** Unless `setThreads` says otherwise, no more than this. */
const DEFAULT_MOST = 8;

/** Once all threads ended so many times before one of them came, they are not tried again: this place forbids them. */
const MOST_STILLBORN = 4;

/** A thread that takes longer than this for a chunk, and twenty times as long as the caller, is dead: milliseconds. */
const TIME_FOR_A_CHUNK = 5_000;

/** The threads of this process, the memory that they share, and how many are wanted. */
const pool = {
  wanted: undefined as number | undefined,
  heap: undefined as Heap | undefined,
  /** Where the jobs of these threads are written, and its address: other threads have another one. */
  board: undefined as { readonly jobs: JobBoard; readonly address: number } | undefined,
  threads: [] as Thread[],
  /** How many times, one after the other, that happened. */
  stillborn: 0,
  version: -1,
  /** The kernels as a job names them, of these exports. */
  calls: { of: undefined as Exports | undefined, list: [] as readonly Call[] },
};

/** How many threads compute, the caller's counted. */
export function threads(): number {
  pool.wanted ??= Math.min(parallelism(), DEFAULT_MOST);
  if (pool.wanted === 1 || !canShare() || pool.stillborn >= MOST_STILLBORN) return 1;
  return hasSharedHeap() ? pool.wanted : 1;
}

const canShare = (): boolean => canStartThreads() && hasSharedKernels();

/** @throws ChainruleError unless it is a whole number from 1 on, and above 1 only where threads can be started */
export function chooseThreads(count: number): void {
  if (!Number.isSafeInteger(count) || count < 1 || count > MOST_THREADS) {
    fail("setThreads", `a whole number from 1 to ${MOST_THREADS}`, describe(count));
  }
  if (count > 1 && !canShare()) {
    const advice =
      "A page needs cross-origin isolation (COOP same-origin, COEP require-corp), and no module in `init`.";
    fail("setThreads", "1, where memory cannot be shared", String(count), advice);
  }
  pool.wanted = count;
  pool.stillborn = 0;
  if (pool.threads.length > count - 1) dismiss();
}

/** The memory that all threads reach. */
export function sharedHeap(): Heap {
  pool.heap ??= new Heap(true);
  return pool.heap;
}

/** Whether the system gives shared memory; where it does not, nobody asks again. */
function hasSharedHeap(): boolean {
  try {
    return sharedHeap().shared;
  } catch {
    pool.stillborn = MOST_STILLBORN;
    return false;
  }
}

function board() {
  if (pool.board === undefined) {
    const address = sharedHeap().take(JOB_BYTES);
    pool.board = { jobs: new JobBoard(sharedHeap().buffer, address, 0), address };
  }
  return pool.board;
}

/** Starts what threads are missing, and says how many are there. It waits for none. */
export function readyThreads(): number {
  if (pool.version !== engineVersion()) dismiss();
  else if (pool.threads.some(({ hasEnded }) => hasEnded)) replace();
  const wanted = threads() - 1;
  let ready = 0;
  for (let i = 0; i < wanted; i++) {
    if (pool.threads[i] === undefined) {
      const module = moduleFor(numerics(), true);
      if (module === undefined) return 0;
      const memory = sharedHeap().wasmMemory;
      pool.threads[i] = startThread({ module, memory, board: board().address, thread: i + 1 });
    } else if (board().jobs.hasArrived(i + 1)) ready++;
  }
  return ready;
}

/** A thread ended by itself. */
function replace(): void {
  const came = pool.threads.some((_, i) => board().jobs.hasArrived(i + 1));
  pool.stillborn = came ? 0 : pool.stillborn + 1;
  dismiss();
}

/**
 * Ends all threads; the next job starts new ones. A thread may live on for a while, for seconds in Deno. It keeps the
 * board, on which no job will be written again; new threads have a new one.
 */
function dismiss(): void {
  while (pool.threads.length > 0) pool.threads.pop()?.end();
  pool.board = undefined;
  pool.version = engineVersion();
}

/**
 * Does a job together with all threads that are there.
 * @throws ChainruleError if one of them died over it; the next job has new threads
 */
export function doTogether(kernels: Exports, job: Job): void {
  const common = board().jobs;
  if (job.scratchAt >= 0) {
    for (let thread = 0; thread <= pool.threads.length; thread++) {
      common.lend(thread, sharedHeap().scratch(kernels, thread));
    }
  }
  common.give(job);
  const begun = performance.now();
  common.work(common.job, callsOf(kernels));
  if (common.isDone && !common.hasFailed) return;
  const own = performance.now() - begun;
  for (let looks = 1; !common.isDone; looks++) {
    if ((looks & 0xffff) !== 0) continue;
    if (performance.now() - begun > 21 * own + TIME_FOR_A_CHUNK) {
      sharedHeap().abandonScratch();
      lose();
    }
  }
  if (common.hasFailed) lose();
}

function callsOf(kernels: Exports): readonly Call[] {
  if (pool.calls.of !== kernels) {
    pool.calls = { of: kernels, list: KERNELS.map((name) => kernels[name] as Call) };
  }
  return pool.calls.list;
}

function lose(): never {
  dismiss();
  const advice =
    "The result is incomplete: load the last weights that you kept. New threads start with the next job.";
  return fail("A job on threads", "every thread to finish its part", "one that did not", advice);
}
