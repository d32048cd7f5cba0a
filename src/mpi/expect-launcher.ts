import { fail } from "../errors.js";
import type { Engine } from "./engine.js";
import type { Launcher } from "./launcher.js";

/**
 * A library that another MPI's launcher has started believes that it is alone: every process would train by itself, and
 * nobody would know.
 * @throws ChainruleError where the launcher and the library count differently
 */
export function expectLauncher(
  launcher: Launcher | undefined,
  { size, name, finalize }: Pick<Engine, "size" | "name" | "finalize">,
): void {
  if (launcher === undefined || launcher.size === size) return;
  finalize();
  const { family, variable } = launcher;
  const advice =
    family === "Slurm"
      ? "Try `srun --mpi=pmix` or `srun --mpi=pmi2`, as the library wants, or `mpirun` inside the job."
      : `Use the mpirun of ${name}, or name a library of ${family} in CHAINRULE_MPI.`;
  const expected = `the ${launcher.size} processes that ${family} has started (${variable})`;
  fail("mpi", expected, `${size} from ${name}`, `That is not the launcher's library. ${advice}`);
}
