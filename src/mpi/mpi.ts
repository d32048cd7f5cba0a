import { isMainThread } from "node:worker_threads";
import { fail } from "../errors.js";
import type { Distribution } from "../model/team.js";
import { anything, checkOptions, flag, optional, text } from "../options.js";
import { distribution } from "./distribution.js";
import { secondsOf } from "./duration.js";
import { startEngine } from "./engine.js";
import { prepareEnvironment } from "./environment.js";
import { expectLauncher } from "./expect-launcher.js";
import { watchFailures } from "./failures.js";
import { launcherOf } from "./launcher.js";
import { libraryNames } from "./libraries.js";
import { lone } from "./lone.js";
import { headOf } from "./say.js";
import { Watchdog } from "./watchdog.js";
import { World } from "./world.js";

/** What may be said about a job of several processes. */
export interface MpiOptions {
  /**
   * How long a rank waits for the others before it ends the job: seconds, or a text such as "90s", "10m", "2h". Longer than
   * the longest time that one rank alone is busy, to save a model, say. Default: "10m".
   */
  timeout?: number | string;
  /**
   * Whether sums have the same bits for every size of message and every way of transport: by recursive doubling, which
   * sends more than other algorithms where a model is large and ranks are many. false leaves the choice to MPI.
   * Default: true.
   */
  deterministic?: boolean;
  /**
   * The file of the MPI library, a name or a path. Default: what the variable CHAINRULE_MPI says, else the first that is found,
   * beginning with those of the launcher.
   */
  library?: string;
}

const rules = { timeout: optional(anything), deterministic: optional(flag), library: optional(text) };

let world: Promise<Distribution> | undefined;

/**
 * The processes that `mpirun`, `mpiexec` or `srun` has started, as one: `fit(data, { distribute: await mpi() })`. Without
 * any of them there is one process, and neither MPI nor `koffi` is needed. MPI starts once: later calls give the same.
 *
 * From then on a rank that fails, or ends before the others, ends the job, with a line on stderr that begins `[rank 1 of 4 on host]`.
 * @throws ChainruleError for bad options, without `koffi` or an MPI library, in a thread, and where the library is not the
 * launcher's
 */
export async function mpi(options: MpiOptions = {}): Promise<Distribution> {
  checkOptions("mpi", options, rules);
  const timeout = secondsOf("mpi", "timeout", options.timeout ?? "10m");
  world ??= start(timeout, options);
  return world;
}

async function start(timeout: number, options: MpiOptions): Promise<Distribution> {
  const launcher = launcherOf(process.env);
  const named = options.library ?? process.env.CHAINRULE_MPI;
  if (launcher === undefined && named === undefined) return distribution(lone);
  if (!isMainThread) fail("mpi", "the main thread", "another one");
  prepareEnvironment(launcher, options.deterministic ?? true);
  const engine = await startEngine(named === undefined ? libraryNames(launcher) : [named]);
  expectLauncher(launcher, engine);
  const watchdog = new Watchdog();
  if (engine.size > 1) await watchdog.start(headOf(engine.rank, engine.size), timeout);
  const started = new World(engine, watchdog);
  watchFailures(started);
  return distribution(started);
}
