import type { Stage } from "./stages.js";
import type { Edge } from "./strongest.js";

/** How many of the strongest products are followed back from each unit, by how many layers away from the answer it is. */
const FOLLOWED = [6, 4, 3, 3, 2, 2];

/**
 * Why an output is as large as it is: the products above 0 that add most to it, then those that made the units where they
 * come from what they are, above 0 or below, and so on to the pixels. For each stage its connections, the strongest first.
 */
export function pathTo(stages: readonly Stage[], output: number): Edge[][] {
  const path: Edge[][] = stages.map(() => []);
  let signs = new Map([[output, 1]]);
  for (let k = stages.length - 1; k >= 0; k--) {
    const { x, weight } = stages[k];
    // The last step has no layer behind it: pixels are many, and each adds little.
    const count = k === 0 ? 10 : FOLLOWED[stages.length - 1 - k];
    for (const [to, sign] of signs) path[k].push(...pushes(x, weight, to, sign).slice(0, count));
    path[k].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    signs = new Map(path[k].map(({ from }) => [from, Math.sign(x[from])]));
  }
  return path;
}

/** The products of this sign, the largest first. */
function pushes(x: Stage["x"], { data, rows, cols }: Stage["weight"], to: number, sign: number): Edge[] {
  const edges: Edge[] = [];
  for (let from = 0; from < rows; from++) {
    const value = x[from] * data[from * cols + to];
    if (sign * value > 0) edges.push({ from, to, value });
  }
  return edges.sort((a, b) => sign * (b.value - a.value));
}
