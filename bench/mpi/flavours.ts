import { spawnSync } from "node:child_process";
import type { Flavour } from "../../test/mpi/support/job.js";

/** The kinds of MPI that are installed. */
export const flavours: readonly Flavour[] = (["openmpi", "mpich"] as const).filter(
  (flavour) => spawnSync(`mpirun.${flavour}`, ["--version"], { stdio: "ignore" }).error === undefined,
);

export const titles: Readonly<Record<Flavour, string>> = { openmpi: "Open MPI", mpich: "MPICH" };
