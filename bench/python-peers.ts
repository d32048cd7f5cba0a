import { join } from "node:path";
import { type Contender, contender, loops } from "./contender.js";
import { cores, pythonWith, root } from "./engines.js";

const python = (name: string) => join(root, "bench/contenders", name);

const torch = pythonWith("torch");
const numpy = pythonWith("numpy");

/** How PyTorch shares its work: threads of OpenMP for its own loops, and of OpenBLAS for products. */
interface Sharing {
  readonly openmp: number;
  readonly openblas: number;
}

const alone: Sharing = { openmp: 1, openblas: 1 };
const counts = [...new Set([2, cores])].filter((count) => count > 1 && count <= cores);
const inProducts = counts.map((count): Sharing => ({ openmp: 1, openblas: count }));
const everywhere = counts.map((count): Sharing => ({ openmp: count, openblas: count }));

/** PyTorch on one thread and on several: a ratio is to the best of them. */
export function pytorch(): readonly Contender[] {
  return [alone, ...inProducts, ...everywhere].map((sharing) => pytorchIn(sharing));
}

/** PyTorch where a step is on all rows: at once, or with its gradient added up in pieces, as ours is. */
export function pytorchFull(): readonly Contender[] {
  return [...pytorch(), ...[alone, ...inProducts].map((sharing) => pytorchIn(sharing, true))];
}

/** Only two ways, where there are many races. */
export function pytorchBriefly(): readonly Contender[] {
  return [alone, ...inProducts.slice(0, 1)].map((sharing) => pytorchIn(sharing));
}

function pytorchIn({ openmp, openblas }: Sharing, pieces = false): Contender {
  const shared = openblas === 1 ? "1 thread" : `${openblas} threads${openmp === 1 ? " in products" : ""}`;
  return contender({
    name: `PyTorch, ${shared}${pieces ? ", in pieces of 512" : ""}`,
    group: "PyTorch",
    threads: openblas,
    program: torch ?? "",
    args: [python("pytorch.py")],
    env: {
      OMP_NUM_THREADS: String(openmp),
      OPENBLAS_NUM_THREADS: String(openblas),
      // Threads of OpenMP that wait busily would take the cores from those of OpenBLAS: a tenth of the speed.
      OMP_WAIT_POLICY: "PASSIVE",
    },
    how: { pieces },
    ceiling: loops.native,
    ...(torch ? {} : { missing: "not installed (Debian's python3-torch)" }),
  });
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
