import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../engines.js";
import { panels } from "./curves.js";
import { plot } from "./plot.js";
import { readResults, type WorkResult, writeResults } from "./results.js";
import { section } from "./section.js";

const introduction = `# Results

Written by \`npm run bench\`; \`npm run bench -- NAME\` renews one section. Contenders are processes of their own that work in
turn, A B A B, in one run, after a warm-up. A ratio is ours over theirs in the same round, the median of the rounds, with
its range. The check compares numbers that all must get from the same weights and the same data: the loss before and
after some steps, a product, a prediction; it says by how much they differ, relative to the largest.

GFLOP/s counts the multiplications and additions of the matrix products alone. The 4-wide peak is the loop of
multiply-adds in WebAssembly SIMD on the contender's own engine (for native contenders the fastest such loop), the native
peak the same loop in C in the widest registers, and OpenBLAS its rate at 1024 × 1024; all times the number of threads.
`;

/** Puts these results among those of earlier runs, and writes the page anew. */
export function writeReport(results: readonly WorkResult[], order: readonly string[]): void {
  const path = join(root, "bench/results.jsonl");
  const all = readResults(path);
  for (const result of results) all.set(result.name, result);
  const sorted = order.map((name) => all.get(name)).filter((result) => result !== undefined);
  writeResults(path, sorted);
  writeFileSync(
    join(root, "bench/RESULTS.md"),
    `${[introduction.trimEnd(), ...sorted.map(section)].join("\n\n")}\n`,
  );
  const growth = all.get("growth");
  if (growth !== undefined) {
    const title = "How training grows, examples a second and peak memory";
    writeFileSync(join(root, "docs/growth.svg"), plot(title, panels(growth)));
  }
}
