import type { Launcher } from "./launcher.js";

const names = {
  linux: {
    openMpi: ["libmpi.so.40"],
    // The second is MPICH's own name, and that of Intel MPI and MVAPICH; Debian has the first.
    mpich: ["libmpich.so.12", "libmpi.so.12", "libmpi_cray.so.12"],
    any: ["libmpi_abi.so.0", "libmpi_abi.so", "libmpi.so"],
  },
  darwin: {
    openMpi: ["libmpi.40.dylib", "/opt/homebrew/lib/libmpi.40.dylib"],
    mpich: ["libmpi.12.dylib", "/opt/homebrew/lib/libmpi.12.dylib"],
    any: ["libmpi_abi.0.dylib", "libmpi_abi.dylib", "libmpi.dylib"],
  },
};

/** The names under which to look for MPI, in order: first what goes with the launcher. */
export function libraryNames(
  launcher: Launcher | undefined,
  platform: string = process.platform,
): readonly string[] {
  const { openMpi, mpich, any } = platform === "darwin" ? names.darwin : names.linux;
  return launcher?.family === "MPICH" ? [...mpich, ...openMpi, ...any] : [...openMpi, ...mpich, ...any];
}

/** What to do where there is no library. */
export const HOW_TO_INSTALL =
  "Install one (`apt-get install openmpi-bin` or `mpich`, `brew install open-mpi`, `conda install openmpi`) on every machine, " +
  "or name its file in `library` or in the variable CHAINRULE_MPI.";
