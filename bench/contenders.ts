import { join } from "node:path";
import { scripts, version } from "./build.js";
import { cores, current, type Engine, newest, noFastMode, pythonWith, root } from "./engines.js";
import { nativeLoop } from "./native.js";

/** A library in one setting, as a program that answers to lines. */
export interface Contender {
  readonly name: string;
  /** Contenders that differ in their number of threads only: a ratio is to the best of them. */
  readonly group: string;
  readonly ours: boolean;
  readonly threads: number;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly how: Readonly<Record<string, string | boolean>>;
  /** Which loop is its ceiling in registers of four numbers. */
  readonly ceiling: string;
  /** Why its numbers need not be everybody's. */
  readonly differs?: string;
  /** Why it cannot take part. */
  readonly missing?: string;
}

type Given = Partial<Contender> & Pick<Contender, "name" | "group">;
const contender = (given: Given): Contender => {
  return { ours: false, threads: 1, program: "", args: [], env: {}, how: {}, ceiling: "", ...given };
};
const script = (name: string) => [join(scripts, `${name}.mjs`)];
const python = (name: string) => join(root, "bench/contenders", name);
const inThreads = (threads: number) => (threads === 1 ? "" : `, ${threads} threads`);

export const loops = {
  exact: `loop in SIMD, ${current.name}`,
  plain: `loop in SIMD, ${newest.name}`,
  fused: `loop in relaxed SIMD, ${newest.name}`,
  native: "loop in C",
};

type Ours = { file?: string; threads?: number; pool?: boolean };

/** Ours in fast mode on the newest Node, and in exact mode on the one that runs this. */
export function ours({ file = "chainrule", threads = 1, pool = false }: Ours = {}): readonly Contender[] {
  const in_ = (numerics: "fast" | "exact", { program, name }: Engine) =>
    contender({
      name: `chainrule ${numerics}, ${name}${inThreads(threads)}${pool ? ", pool awake" : ""}`,
      group: `chainrule ${numerics}`,
      ours: true,
      threads,
      program,
      args: script(file),
      how: { numerics, version, pool },
      ceiling: numerics === "fast" ? loops.fused : loops.exact,
      ...(numerics === "fast" && noFastMode ? { missing: noFastMode } : {}),
    });
  return [in_("fast", newest), in_("exact", current)];
}

/** One thread, two, and as many as there are cores. */
const threadCounts = [...new Set([1, Math.min(2, cores), cores])];

const torch = pythonWith("torch");
const numpy = pythonWith("numpy");

/** PyTorch in several thread counts; where a step is on all rows, also with its gradient added up in pieces. */
export function pytorch({ pieces = false, threads = threadCounts } = {}): readonly Contender[] {
  const kinds = pieces ? [false, true] : [false];
  return kinds.flatMap((inPieces) =>
    threads.map((count) =>
      contender({
        name: `PyTorch, ${count} thread${count > 1 ? "s" : ""}${inPieces ? ", in pieces of 512" : ""}`,
        group: "PyTorch",
        threads: count,
        program: torch ?? "",
        args: [python("pytorch.py")],
        env: { OMP_NUM_THREADS: String(count), OPENBLAS_NUM_THREADS: String(count) },
        how: { pieces: inPieces },
        ceiling: loops.native,
        ...(torch ? {} : { missing: "not installed (Debian's python3-torch)" }),
      }),
    ),
  );
}

export function openblas(): Contender {
  return contender({
    name: "OpenBLAS, 1 thread",
    group: "OpenBLAS",
    program: numpy ?? "",
    args: [python("openblas.py")],
    env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    ceiling: loops.native,
    ...(numpy ? {} : { missing: "not installed (Debian's python3-numpy)" }),
  });
}

const javascript = (name: string, file: string, how: Contender["how"] = {}, differs?: string) =>
  contender({
    name,
    group: name,
    program: newest.program,
    args: script(file),
    how,
    ceiling: loops.plain,
    ...(differs === undefined ? {} : { differs }),
  });

export function tfjs(backend: "wasm" | "cpu"): Contender {
  return javascript(`TensorFlow.js ${backend}`, "tfjs", { backend });
}

export function brain(): Contender {
  return javascript("brain.js", "brain");
}

export function mlFnn(): Contender {
  const differs =
    "tanh for ReLU, which it cannot be given, and the same 32 rows each step: it takes whole sets only";
  return javascript("ml-fnn", "ml-fnn", {}, differs);
}

export function onnx(kind: "node" | "web"): Contender {
  const name = `onnxruntime-${kind}`;
  return {
    ...javascript(name, "onnx", { package: name }),
    ceiling: kind === "node" ? loops.native : loops.plain,
  };
}

/** Everything that says how fast this machine can multiply and add on one thread. */
export function peaks(): readonly Contender[] {
  const wasm = (name: string, engine: Engine, fused: boolean) =>
    contender({ name, group: name, program: engine.program, args: script("wasm-loop"), how: { fused } });
  const loop = nativeLoop();
  return [
    ...(newest === current ? [] : [wasm(loops.exact, current, false)]),
    wasm(loops.plain, newest, false),
    wasm(loops.fused, newest, true),
    contender({ name: loops.native, group: loops.native, ...loop }),
    openblas(),
  ];
}
