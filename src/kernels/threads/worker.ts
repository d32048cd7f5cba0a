import { KERNELS } from "../simd/exports.js";
import { instantiate } from "../simd/instantiate.js";
import type { WasmMemory, WasmModule } from "../simd/webassembly.js";
import { FAILED, READY, slotOf, WORD } from "./slot.js";

// What runs in a thread. scripts/build-wasm.mjs makes a text of it, since that survives every bundler.

/** What a thread is started with. */
export interface ThreadData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly thread: number;
}

/** How often a thread looks for work before it sleeps: some tens of microseconds, as long as it would take to wake. */
const PATIENCE = 20_000;

/** Does job after job, for ever. */
function serve({ module, memory, thread }: ThreadData): never {
  const { words, values: v } = slotOf(memory.buffer, thread);
  const exports = instantiate(module, memory);
  const kernels = KERNELS.map((name) => exports[name] as (...values: number[]) => void);
  let job = 0;
  Atomics.store(words, WORD.state, READY);
  for (;;) {
    for (let looks = 0; Atomics.load(words, WORD.given) === job; looks++) {
      if (looks > PATIENCE) Atomics.wait(words, WORD.given, job);
    }
    job = Atomics.load(words, WORD.given);
    Atomics.store(words, WORD.taken, job);
    try {
      // A kernel with fewer arguments leaves the others alone.
      // biome-ignore format: one list
      kernels[words[WORD.kernel]](
        v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16],
      );
    } catch {
      Atomics.store(words, WORD.state, FAILED);
    }
    Atomics.store(words, WORD.done, job);
    Atomics.notify(words, WORD.done);
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
