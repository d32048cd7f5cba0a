/** What started this process as one of several. */
export interface Launcher {
  /** The name of its kind, and the library that goes with it. */
  readonly family: "Open MPI" | "MPICH" | "Slurm";
  /** The variable that says how many processes there are. */
  readonly variable: string;
  /** How many processes there are, as that variable has it. */
  readonly size: number;
  /** How many of them run on this machine, if it is told. */
  readonly here: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

// `mpirun` inside a Slurm job sets its own variables beside Slurm's, and is then what counts: so it stands first.
const kinds = [
  ["Open MPI", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE"],
  ["MPICH", "PMI_SIZE", "MPI_LOCALNRANKS"],
  // Set by srun for each process, and not in the batch script around it.
  ["Slurm", "SLURM_STEP_NUM_TASKS", "SLURM_STEP_TASKS_PER_NODE"],
] as const;

/** What started this process, from the variables that mpirun, mpiexec or srun set; undefined when nothing did. */
export function launcherOf(environment: Environment): Launcher | undefined {
  for (const [family, variable, here] of kinds) {
    const size = count(environment[variable]);
    if (size !== undefined) return { family, variable, size, here: count(environment[here]) };
  }
  return undefined;
}

/** `4`, or Slurm's `4(x2)`: four on each of two machines. */
const count = (text: string | undefined): number | undefined => {
  const digits = text?.match(/^\d+/)?.[0];
  return digits === undefined ? undefined : Number(digits);
};
