import { ChainruleError, fail } from "../errors.js";
import { without } from "../io/optional-package.js";
import type { Floats } from "../kernels/kernels.js";
import { type Handles, handlesOf } from "./handles.js";
import { HOW_TO_INSTALL } from "./libraries.js";

/** The few functions of MPI that training asks for. Each blocks, and throws what MPI says. */
export interface Engine {
  readonly rank: number;
  readonly size: number;
  /** Which library, and its version: `Open MPI 4.1.4`. */
  readonly name: string;
  /** MPI_Allreduce with MPI_SUM, in place. */
  sum(numbers: Floats): void;
  /** MPI_Bcast. */
  broadcast(bytes: Uint8Array, root: number): void;
  /** MPI_Send. */
  send(bytes: Uint8Array, to: number): void;
  /** MPI_Recv. */
  receive(bytes: Uint8Array, from: number): void;
  /** MPI_Abort: it ends this process and all others. */
  abort(code: number): void;
  /** MPI_Finalize. */
  finalize(): void;
}

type Native = (...args: unknown[]) => number;
type Koffi = typeof import("koffi");
type Library = ReturnType<Koffi["load"]>;

const TAG = 0;

/**
 * Loads an MPI library and starts it. The only file that knows how functions of C are called.
 * @param names where to look, in order
 * @throws ChainruleError where koffi is not installed, no library is found, or MPI does not start
 */
export async function startEngine(names: readonly string[]): Promise<Engine> {
  const koffi = await import("koffi").catch(without("mpi", "koffi"));
  const { library, name } = load(koffi, names);
  const handles = handlesOf(name, (symbol) => addressOf(library, symbol));
  return start(functionsOf(library, handles), handles);
}

/** The functions, with the C types of their arguments: `h` a handle, `p` memory, `a` an address that is a constant, `i` int. */
function functionsOf(library: Library, { type }: Handles) {
  const types: Readonly<Record<string, string>> = { h: type, p: "void *", a: "intptr_t", i: "int" };
  const native = (name: string, args: string): Native =>
    library.func(
      name,
      "int",
      [...args].map((letter) => types[letter]),
    );
  return {
    initialized: native("MPI_Initialized", "p"),
    init: native("MPI_Init_thread", "ppip"),
    setErrorHandler: native("MPI_Comm_set_errhandler", "hh"),
    rank: native("MPI_Comm_rank", "hp"),
    size: native("MPI_Comm_size", "hp"),
    version: native("MPI_Get_library_version", "pp"),
    errorString: native("MPI_Error_string", "ipp"),
    allReduce: native("MPI_Allreduce", "apihhh"),
    broadcast: native("MPI_Bcast", "pihih"),
    send: native("MPI_Send", "pihiih"),
    receive: native("MPI_Recv", "pihiiha"),
    abort: native("MPI_Abort", "hi"),
    finalize: native("MPI_Finalize", ""),
  };
}

function start(mpi: ReturnType<typeof functionsOf>, handles: Handles): Engine {
  const { world, byte } = handles;
  const check = (what: string, code: number): void => {
    if (code !== 0)
      fail(
        what,
        "MPI to do it",
        text(2048, (to, length) => mpi.errorString(code, to, length)),
      );
  };
  const number = (ask: (to: Int32Array) => number): number => {
    const to = new Int32Array(1);
    check("mpi", ask(to));
    return to[0];
  };
  if (number((to) => mpi.initialized(to)) !== 0)
    fail("mpi", "to start MPI", "an MPI that is started already");
  check("mpi", mpi.init(null, null, handles.funneled, new Int32Array(1)));
  check("mpi", mpi.setErrorHandler(world, handles.errorsReturn));
  return {
    rank: number((to) => mpi.rank(world, to)),
    size: number((to) => mpi.size(world, to)),
    name: nameOf(text(8192, (to, length) => mpi.version(to, length))),
    sum(numbers) {
      const type = numbers.BYTES_PER_ELEMENT === 4 ? handles.float32 : handles.float64;
      const { inPlace, sum } = handles;
      check("allReduceSum", mpi.allReduce(inPlace, numbers, numbers.length, type, sum, world));
    },
    broadcast: (bytes, root) => check("broadcast", mpi.broadcast(bytes, bytes.length, byte, root, world)),
    send: (bytes, to) => check("mpi", mpi.send(bytes, bytes.length, byte, to, TAG, world)),
    receive: (bytes, from) =>
      check("mpi", mpi.receive(bytes, bytes.length, byte, from, TAG, world, handles.noStatus)),
    abort: (code) => void mpi.abort(world, code),
    finalize: () => check("mpi", mpi.finalize()),
  };
}

/** What a function of C writes as text, and how long it is. */
function text(most: number, write: (to: Uint8Array, length: Int32Array) => number): string {
  const bytes = new Uint8Array(most);
  const length = new Int32Array(1);
  write(bytes, length);
  return new TextDecoder().decode(bytes.subarray(0, length[0])).replace(/\0.*$/s, "");
}

/** `Open MPI 4.1.4` of `Open MPI v4.1.4, package: …`, `MPICH 4.0.2` of `MPICH Version: 4.0.2` and more lines. */
const nameOf = (version: string): string =>
  version
    .split(/[,\n]/)[0]
    .replace(/\s+(Version:\s*|v(?=\d))?/g, " ")
    .trim();

function load(koffi: Koffi, names: readonly string[]): { library: Library; name: string } {
  const reasons: unknown[] = [];
  for (const name of names) {
    try {
      // Global: the parts of Open MPI that are loaded later look for its names there.
      return { library: koffi.load(name, { global: true }), name };
    } catch (reason) {
      reasons.push(reason);
    }
  }
  const cause = new AggregateError(reasons, "no library could be loaded");
  const message = `mpi expects an MPI library, but got none by the name of ${names.join(", ")}. ${HOW_TO_INSTALL}`;
  throw new ChainruleError(message, { cause });
}

function addressOf(library: Library, symbol: string): bigint | undefined {
  try {
    return library.symbol(symbol);
  } catch {
    return undefined;
  }
}
