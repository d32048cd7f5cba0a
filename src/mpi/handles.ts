import { fail } from "../errors.js";

/** What an MPI library calls its objects: addresses or numbers, depending on its family. */
export interface Handles {
  /** Which of the three binary interfaces. */
  readonly family: "Open MPI" | "MPICH" | "the standard ABI";
  /** The C type of a handle, as koffi writes it. */
  readonly type: "uintptr_t" | "int";
  readonly world: bigint | number;
  readonly float32: bigint | number;
  readonly float64: bigint | number;
  readonly byte: bigint | number;
  readonly sum: bigint | number;
  readonly errorsReturn: bigint | number;
  /** MPI_IN_PLACE. */
  readonly inPlace: number;
  /** MPI_STATUS_IGNORE. */
  readonly noStatus: number;
  /** MPI_THREAD_FUNNELED: threads there are, and the main one calls. */
  readonly funneled: number;
}

/** MPICH and all that keep to its interface: Intel MPI, MVAPICH, Cray MPICH. Source: mpi.h of MPICH 4.0. */
const mpich: Handles = {
  family: "MPICH",
  type: "int",
  world: 0x44000000,
  float32: 0x4c00040a,
  float64: 0x4c00080b,
  byte: 0x4c00010d,
  sum: 0x58000003,
  errorsReturn: 0x54000001,
  inPlace: -1,
  noStatus: 1,
  funneled: 1,
};

/** The standard ABI of MPI 5.0, as in mpi.h of mpi-forum/mpi-abi-stubs. Never run: no library had it to try. */
const standard: Handles = {
  family: "the standard ABI",
  type: "uintptr_t",
  world: 0x101,
  float32: 0x210,
  float64: 0x214,
  byte: 0x247,
  sum: 0x21,
  errorsReturn: 0x142,
  inPlace: 1,
  noStatus: 0,
  funneled: 1024,
};

/** Open MPI 4 and 5, whose handles are the addresses of what the library exports. Source: mpi.h of Open MPI 4.1. */
const openMpi = (addressOf: (symbol: string) => bigint): Handles => ({
  family: "Open MPI",
  type: "uintptr_t",
  world: addressOf("ompi_mpi_comm_world"),
  float32: addressOf("ompi_mpi_float"),
  float64: addressOf("ompi_mpi_double"),
  byte: addressOf("ompi_mpi_byte"),
  sum: addressOf("ompi_mpi_op_sum"),
  errorsReturn: addressOf("ompi_mpi_errors_return"),
  inPlace: 1,
  noStatus: 0,
  funneled: 1,
});

/**
 * The handles of a library, told apart by what it exports.
 * @param addressOf the address of an exported symbol, or undefined where there is none
 */
export function handlesOf(library: string, addressOf: (symbol: string) => bigint | undefined): Handles {
  if (addressOf("ompi_mpi_comm_world") !== undefined) {
    return openMpi((symbol) => addressOf(symbol) ?? missing(library, symbol));
  }
  // Its name is fixed by the standard, and its own symbols are those of every MPI.
  return library.includes("mpi_abi") ? standard : mpich;
}

const missing = (library: string, symbol: string): never =>
  fail("mpi", `${library} to export what Open MPI does`, `no ${symbol}`);
