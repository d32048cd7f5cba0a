import type { Stage } from "./stages.js";
import type { Edge } from "./strongest.js";

/** How many of the strongest products are followed back from each unit, by how many layers away from the answer it is. */
const FOLLOWED = [6, 4, 3, 3, 2, 2];

/**
 * Why an output is as large as it is: the products above 0 that add most to it, those that add most to the units where
 * they come from, and so on to the pixels. For each stage its connections, the strongest first.
 */
export function pathTo(stages: readonly Stage[], output: number): Edge[][] {
  const path: Edge[][] = stages.map(() => []);
  let targets = new Set([output]);
  for (let k = stages.length - 1; k >= 0; k--) {
    const { x, weight } = stages[k];
    // The last step has no layer behind it: pixels are many, and each adds little.
    const count = k === 0 ? 10 : FOLLOWED[stages.length - 1 - k];
    for (const to of targets) path[k].push(...pushes(x, weight, to, count));
    path[k].sort((a, b) => b.value - a.value);
    targets = new Set(path[k].map(({ from }) => from));
  }
  return path;
}

function pushes(x: Stage["x"], weight: Stage["weight"], to: number, count: number): Edge[] {
  const { data, cols } = weight;
  const edges: Edge[] = [];
  for (let from = 0; from < weight.rows; from++) {
    const value = x[from] * data[from * cols + to];
    if (value > 0) edges.push({ from, to, value });
  }
  return edges.sort((a, b) => b.value - a.value).slice(0, count);
}
