import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { threads } from "../kernels/threads/pool.js";
import type { Launcher } from "./launcher.js";

/** What the settings depend on. */
export interface Circumstances {
  readonly deterministic: boolean;
  /** Processes on this machine × threads of each. */
  readonly threads: number;
  readonly cores: number;
  /** Whether this is a container, where one process may not read another's memory. */
  readonly container: boolean;
}

/** Settings of MPI, which it reads from the environment when it starts. */
export function settingsFor({
  deterministic,
  threads,
  cores,
  container,
}: Circumstances): Record<string, string> {
  return {
    // MPI waits by asking again and again. Where cores are short, it takes them from those it waits for.
    ...(threads > cores && { OMPI_MCA_mpi_yield_when_idle: "1" }),
    // Without this Open MPI 4 tries to read the other's memory, and complains of each refusal.
    ...(container && { OMPI_MCA_btl_vader_single_copy_mechanism: "none" }),
    ...besideV8,
    ...(deterministic && recursiveDoubling),
  };
}

/** For UCX, the transport of MPICH and of many an Open MPI, which shares this process with V8 and its threads. */
const besideV8 = {
  // It rewrites brk and mmap in the running process while V8's threads call them: 3 of 80 small jobs crashed.
  UCX_MEM_MMAP_HOOK_MODE: "none",
  // Without SIGSEGV, by which V8 notices that WebAssembly reads outside its memory.
  UCX_ERROR_SIGNALS: "SIGILL,SIGBUS,SIGFPE",
};

/**
 * One algorithm for all lengths and all ways of transport: at step k every rank adds what rank XOR 2ᵏ has, so that the sum
 * is a balanced tree over the ranks, the same for each number. Source: Thakur, Rabenseifner, Gropp 2005.
 */
const recursiveDoubling = {
  OMPI_MCA_coll_tuned_use_dynamic_rules: "1",
  OMPI_MCA_coll_tuned_allreduce_algorithm: "3",
  MPIR_CVAR_DEVICE_COLLECTIVES: "none", // else a device's own algorithm comes before the one that is named
  MPIR_CVAR_ALLREDUCE_INTRA_ALGORITHM: "recursive_doubling",
  I_MPI_ADJUST_ALLREDUCE: "1", // Intel MPI; never run
};

/** Sets what fits this process, where the user has set nothing. To be called before MPI starts. */
export function prepareEnvironment(launcher: Launcher | undefined, deterministic: boolean): void {
  const settings = settingsFor({
    deterministic,
    threads: (launcher?.here ?? launcher?.size ?? 1) * threads(),
    cores: availableParallelism(),
    container: isContainer(),
  });
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}

const isContainer = (): boolean =>
  process.env.KUBERNETES_SERVICE_HOST !== undefined ||
  ["/.dockerenv", "/run/.containerenv"].some((path) => existsSync(path));
