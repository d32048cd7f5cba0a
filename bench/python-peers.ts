import { join } from "node:path";
import { type Contender, contender, loops } from "./contender.js";
import { cores, pythonWith, root } from "./engines.js";

const python = (name: string) => join(root, "bench/contenders", name);

const torch = pythonWith("torch");
const numpy = pythonWith("numpy");

/** The instructions that a native library may use. */
interface Held {
  readonly label: string;
  readonly env: Readonly<Record<string, string>>;
  readonly about?: string;
}

const free: Held = { label: "", env: {} };

/**
 * Of OpenBLAS's kernels in vectors of four numbers those for Core 2 did best, by a third over Nehalem's on a Zen 4. None
 * of them has a fused multiply-add. What PyTorch has of its own is compiled for SSE2 then.
 */
export const fourWide: Held = {
  label: ", 4-wide",
  env: {
    OPENBLAS_CORETYPE: "Core2",
    ATEN_CPU_CAPABILITY: "default",
    ONEDNN_MAX_CPU_ISA: "SSE41",
    DNNL_MAX_CPU_ISA: "SSE41",
  },
  about: "4-wide: held to vectors of four numbers, the widest that WebAssembly has",
};

/** As most computers have them (AVX2): shown among the peaks alone, where they are seen to be as fast as the widest. */
const eightWide: Held = {
  label: ", 8-wide",
  env: { OPENBLAS_CORETYPE: "Haswell" },
  about: "8-wide: held to vectors of eight numbers (AVX2)",
};

/** How PyTorch shares its work: threads of OpenMP for its own loops, and of OpenBLAS for products. */
interface Sharing {
  readonly openmp: number;
  readonly openblas: number;
}

const alone: Sharing = { openmp: 1, openblas: 1 };
const counts = [...new Set([2, cores])].filter((count) => count > 1 && count <= cores);
const inProducts = counts.map((count): Sharing => ({ openmp: 1, openblas: count }));
const everywhere = counts.map((count): Sharing => ({ openmp: count, openblas: count }));
const either = [alone, ...inProducts];

/** PyTorch on one thread and on several: a ratio is to the best of them. */
export function pytorch(): readonly Contender[] {
  return [...either, ...everywhere].map((sharing) => pytorchIn(sharing));
}

/** The same in vectors of four numbers. */
export function pytorchFourWide(): readonly Contender[] {
  return either.map((sharing) => pytorchIn(sharing, { held: fourWide }));
}

/** PyTorch where a step is on all rows, with its gradient added up in pieces, as ours is. */
export function pytorchInPieces(): readonly Contender[] {
  return either.map((sharing) => pytorchIn(sharing, { label: ", in pieces of 512", how: { pieces: true } }));
}

/** One thread alone, where there are many races. */
export function pytorchOnOneThread(): readonly Contender[] {
  return [pytorchIn(alone), pytorchIn(alone, { held: fourWide })];
}

/** Predicting with `nn.Module`s, as most people do, and with functions, which spares a single row much. */
export function pytorchPredictingOne(): readonly Contender[] {
  return [
    ...[alone, ...everywhere].map((sharing) => pytorchIn(sharing)),
    pytorchIn(alone, { label: " as functions", how: { functions: true } }),
  ];
}

/** Predicting many rows: on one thread against one, on several against several; oneDNN's layers are tried, too. */
export function pytorchPredictingMany(): readonly Contender[] {
  const oneDnn = [alone, ...everywhere].map((sharing) =>
    pytorchIn(sharing, { words: " with oneDNN", how: { oneDnn: true } }),
  );
  return [...pytorch(), ...oneDnn, ...pytorchFourWide()].map((peer) => {
    return { ...peer, group: `${peer.group}, ${peer.threads} thread${peer.threads === 1 ? "" : "s"}` };
  });
}

/** `label` is of another group, whose ratio is another; `words` tell members of one group apart. */
interface Given {
  readonly held?: Held;
  readonly label?: string;
  readonly words?: string;
  readonly how?: Contender["how"];
}

function pytorchIn(
  { openmp, openblas }: Sharing,
  { held = free, label = held.label, words = "", how = {} }: Given = {},
): Contender {
  const shared = openblas === 1 ? "1 thread" : `${openblas} threads${openmp === 1 ? " in products" : ""}`;
  return contender({
    name: `PyTorch${label}${words}, ${shared}`,
    group: `PyTorch${label}`,
    threads: openblas,
    program: torch ?? "",
    args: [python("pytorch.py")],
    env: {
      OMP_NUM_THREADS: String(openmp),
      OPENBLAS_NUM_THREADS: String(openblas),
      // Threads of OpenMP that wait busily would take the cores from those of OpenBLAS: a tenth of the speed.
      OMP_WAIT_POLICY: "PASSIVE",
      ...held.env,
    },
    how,
    ceiling: held === free ? loops.native : loops.fourWide,
    ...(held.about === undefined ? {} : { about: held.about }),
    ...(torch ? {} : { missing: "not installed (Debian's python3-torch)" }),
  });
}

/** OpenBLAS as it chooses by itself, and in vectors of four numbers. */
export const openblas = (): readonly Contender[] => [openblasIn(free), openblasIn(fourWide)];

export const openblasInEveryWidth = (): readonly Contender[] =>
  [free, eightWide, fourWide].map((held) => openblasIn(held));

function openblasIn(held: Held): Contender {
  return contender({
    name: `OpenBLAS${held.label}, 1 thread`,
    group: `OpenBLAS${held.label}`,
    program: numpy ?? "",
    args: [python("openblas.py")],
    env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", ...held.env },
    ceiling: held === fourWide ? loops.fourWide : loops.native,
    ...(held.about === undefined ? {} : { about: held.about }),
    ...(numpy ? {} : { missing: "not installed (Debian's python3-numpy)" }),
  });
}
