import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../engines.js";
import { TOLERANCE } from "./agreement.js";
import { panels } from "./curves.js";
import { plot } from "./plot.js";
import { readResults, type WorkResult, writeResults } from "./results.js";
import { section } from "./section.js";

const introduction = `# Results

Written by \`npm run bench\`; \`npm run bench -- NAME\` renews one section. Contenders are processes of their own that work in
turn, A B A B, in one run, after a warm-up. Figures are medians of the rounds, with their range. A ratio is ours over theirs
in the same round: above 1, ours is faster. Of contenders that differ in their number of threads alone, it is to the fastest.

The check compares numbers that all must get from the same weights and the same data: the loss before and after some
steps, a product, a prediction. It says by how much they differ, relative to the largest number; above ${TOLERANCE} it fails.

GFLOP/s counts the multiplications and additions of the matrix products alone, and three columns say what share that is
of what the machine can do, per thread. *4-wide* is a loop of multiply-adds on vectors of four numbers, the widest that
WebAssembly has, on the contender's own engine; *native* is the same loop in C on the widest vectors of this processor;
*OpenBLAS* is its rate at 1024 × 1024. Where native libraries have wider vectors, rows marked 4-wide show them without.
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
    const title = "How training grows, on one thread each";
    writeFileSync(join(root, "docs/growth.svg"), plot(title, panels(growth)));
  }
}
