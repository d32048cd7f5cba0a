import { describe, expect, it } from "vitest";
import { settingsFor } from "../../../src/mpi/environment.js";
import { expectLauncher } from "../../../src/mpi/expect-launcher.js";
import { launcherOf } from "../../../src/mpi/launcher.js";
import { libraryNames } from "../../../src/mpi/libraries.js";

const openMpi = { OMPI_COMM_WORLD_SIZE: "4", OMPI_COMM_WORLD_LOCAL_SIZE: "2" };
const mpich = { PMI_SIZE: "3", MPI_LOCALNRANKS: "3" };
const slurm = { SLURM_STEP_NUM_TASKS: "8", SLURM_STEP_TASKS_PER_NODE: "4(x2)", SLURM_NTASKS: "16" };

describe("launcherOf", () => {
  it("knows mpirun, mpiexec and srun by their variables", () => {
    expect(launcherOf(openMpi)).toEqual({
      ...{ family: "Open MPI", variable: "OMPI_COMM_WORLD_SIZE", size: 4, here: 2 },
    });
    expect(launcherOf(mpich)).toMatchObject({ family: "MPICH", size: 3, here: 3 });
    expect(launcherOf(slurm)).toMatchObject({ family: "Slurm", size: 8, here: 4 });
  });

  it("believes mpirun rather than the Slurm job around it", () => {
    expect(launcherOf({ ...slurm, ...openMpi })).toMatchObject({ family: "Open MPI", size: 4 });
    expect(launcherOf({ ...slurm, ...mpich })).toMatchObject({ family: "MPICH", size: 3 });
  });

  it("finds none in a batch script, or anywhere else", () => {
    expect(launcherOf({ SLURM_NTASKS: "16", SLURM_PROCID: "0" })).toBeUndefined();
    expect(launcherOf({})).toBeUndefined();
    expect(launcherOf({ PMI_SIZE: "" })).toBeUndefined();
  });
});

describe("libraryNames", () => {
  it("begins with what goes with the launcher", () => {
    expect(libraryNames(undefined, "linux")[0]).toBe("libmpi.so.40");
    expect(libraryNames(launcherOf(openMpi), "linux")[0]).toBe("libmpi.so.40");
    expect(libraryNames(launcherOf(mpich), "linux")[0]).toBe("libmpich.so.12");
    expect(libraryNames(launcherOf(mpich), "darwin")[0]).toBe("libmpi.12.dylib");
  });

  it("has the same names in every order", () => {
    const sorted = (env: object) => [...libraryNames(launcherOf({ ...env }), "linux")].sort();
    expect(sorted(mpich)).toEqual(sorted(openMpi));
  });
});

describe("expectLauncher", () => {
  const engine = (size: number) => {
    const seen = { finalized: 0 };
    return { size, name: "MPICH 4.0.2", finalize: () => void seen.finalized++, seen };
  };

  it("takes a library that counts as the launcher does, or any where there is none", () => {
    const four = engine(4);
    expectLauncher(launcherOf(openMpi), four);
    expectLauncher(undefined, four);
    expect(four.seen.finalized).toBe(0);
  });

  it("refuses one that is alone, and leaves MPI in order", () => {
    const one = engine(1);
    expect(() => expectLauncher(launcherOf(openMpi), one)).toThrow(
      "mpi expects the 4 processes that Open MPI has started (OMPI_COMM_WORLD_SIZE), but got 1 from MPICH 4.0.2. That is not the launcher's library. Use the mpirun of MPICH 4.0.2, or name a library of Open MPI in CHAINRULE_MPI.",
    );
    expect(() => expectLauncher(launcherOf(slurm), one)).toThrow("Try `srun --mpi=pmix`");
    expect(one.seen.finalized).toBe(2);
  });
});

describe("settingsFor", () => {
  const calm = { deterministic: false, threads: 2, cores: 2, container: false };

  const always = { UCX_MEM_MMAP_HOOK_MODE: "none", UCX_ERROR_SIGNALS: "SIGILL,SIGBUS,SIGFPE" };

  it("leaves memory and its signals to V8, and sets nothing else where nothing is needed", () =>
    expect(settingsFor(calm)).toEqual(always));

  it("gives way where cores are short", () =>
    expect(settingsFor({ ...calm, threads: 3 })).toEqual({ ...always, OMPI_MCA_mpi_yield_when_idle: "1" }));

  it("does not read other processes' memory in a container", () =>
    expect(settingsFor({ ...calm, container: true })).toEqual({
      ...always,
      OMPI_MCA_btl_vader_single_copy_mechanism: "none",
    }));

  it("fixes the algorithm for the same bits", () =>
    expect(settingsFor({ ...calm, deterministic: true })).toMatchObject({
      OMPI_MCA_coll_tuned_use_dynamic_rules: "1",
      OMPI_MCA_coll_tuned_allreduce_algorithm: "3",
      MPIR_CVAR_ALLREDUCE_INTRA_ALGORITHM: "recursive_doubling",
    }));
});
