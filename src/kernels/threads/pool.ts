import { describe, fail } from "../../errors.js";
import { Heap } from "../memory/heap.js";
import { engineVersion, hasSharedKernels, moduleFor, numerics } from "../simd/engine.js";
import { type Exports, KERNELS } from "../simd/exports.js";
import { type Call, JOB_BYTES, type Job, JobBoard, MOST_THREADS } from "./job.js";
import { canStartThreads, parallelism, startThread, type Thread } from "./start.js";

/** Unless `setThreads` says otherwise, no more than this. */
const DEFAULT_MOST = 8;

/** A thread that takes longer than this for a chunk, and twenty times as long as the caller, is dead: milliseconds. */
const TIME_FOR_A_CHUNK = 5_000;

/** The threads of this process, the memory that they share, and how many are wanted. */
const pool = {
  wanted: undefined as number | undefined,
  heap: undefined as Heap | undefined,
  board: undefined as JobBoard | undefined,
  threads: [] as Thread[],
  version: -1,
  /** The kernels as a job names them, of these exports. */
  calls: { of: undefined as Exports | undefined, list: [] as readonly Call[] },
};

/** How many threads compute, the caller's counted. */
export function threads(): number {
  pool.wanted ??= Math.min(parallelism(), DEFAULT_MOST);
  return canShare() ? pool.wanted : 1;
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
  while (pool.threads.length > count - 1) pool.threads.pop()?.end();
}

/** The memory that all threads reach. */
export function sharedHeap(): Heap {
  pool.heap ??= new Heap(true, JOB_BYTES);
  return pool.heap;
}

function board(): JobBoard {
  pool.board ??= new JobBoard(sharedHeap().buffer, 0);
  return pool.board;
}

/** Starts what threads are missing, and says how many are there. It waits for none. */
export function readyThreads(): number {
  if (pool.version !== engineVersion()) dismiss();
  const wanted = threads() - 1;
  let ready = 0;
  for (let i = 0; i < wanted; i++) {
    if (pool.threads[i] === undefined || pool.threads[i].hasEnded) {
      const module = moduleFor(numerics(), true);
      if (module === undefined) return 0;
      board().expect(i + 1);
      pool.threads[i] = startThread({ module, memory: sharedHeap().wasmMemory, thread: i + 1 });
    } else if (board().hasArrived(i + 1)) ready++;
  }
  return ready;
}

/** Ends all threads; the next job starts new ones. */
function dismiss(): void {
  while (pool.threads.length > 0) pool.threads.pop()?.end();
  pool.version = engineVersion();
}

/**
 * Does a job together with all threads that are there.
 * @throws ChainruleError if one of them died over it; the next job has new threads
 */
export function doTogether(kernels: Exports, job: Job): void {
  const common = board();
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
    if (performance.now() - begun > 21 * own + TIME_FOR_A_CHUNK) lose();
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
