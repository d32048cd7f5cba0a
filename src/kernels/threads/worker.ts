import { KERNELS } from "../simd/exports.js";
import { instantiate } from "../simd/instantiate.js";
import type { WasmMemory, WasmModule } from "../simd/webassembly.js";
import { type Call, JobBoard } from "./job.js";

// What runs in a thread. scripts/build-wasm.mjs makes a text of it, since that survives every bundler.

/** What a thread is started with. */
export interface ThreadData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** Where its jobs are written. */
  readonly board: number;
  readonly thread: number;
}

/** How often a thread looks for work before it sleeps: some tens of microseconds, as long as it would take to wake. */
const PATIENCE = 20_000;

/** Does job after job, for ever. */
function serve({ module, memory, board: address, thread }: ThreadData): never {
  const board = new JobBoard(memory.buffer, address, thread);
  const exports = instantiate(module, memory);
  const kernels = KERNELS.map((name) => exports[name] as Call);
  let job = board.job;
  board.arrive();
  for (;;) {
    for (let looks = 0; board.job === job; looks++) if (looks > PATIENCE) board.sleep(job);
    job = board.job;
    board.work(job, kernels);
  }
}

interface Place {
  process?: { getBuiltinModule?(name: string): { workerData: ThreadData } | undefined };
  onmessage?: ((event: { data: ThreadData }) => void) | null;
}
const place = globalThis as Place;
const node = place.process?.getBuiltinModule?.("node:worker_threads");
if (node === undefined) place.onmessage = ({ data }) => serve(data);
else serve(node.workerData);
