import { contendersFor } from "./contender.js";
import { type Work, works } from "./works.js";

/** Measurements of each contender, after one to warm up. */
const ROUNDS = 5;

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? works : works.filter(({ name }) => wanted.includes(name));
if (chosen.length === 0) {
  console.error(`No such work. There are: ${works.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}
console.log(
  `Node ${process.versions.node}, ${process.arch}; examples a second, contenders in turn, ${ROUNDS} rounds\n`,
);
for (const work of chosen) await race(work);

/** Contenders in turn, A B A B, so that a machine that drifts drifts for all of them. */
async function race(work: Work): Promise<void> {
  const contenders = contendersFor(work);
  const rates = contenders.map((): number[] => []);
  const missing = new Set<string>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, contender] of contenders.entries()) {
      if (missing.has(contender.name)) continue;
      const rate = await contender.measure();
      if (rate === undefined && i === 0)
        throw new Error(`${contender.name} itself failed:\n${contender.complaint()}`);
      if (rate === undefined) missing.add(contender.name);
      else if (round > 0) rates[i].push(rate);
    }
  }
  for (const contender of contenders) contender.stop();

  console.log(`${work.name}: ${work.widths.join("-")}, batch ${work.batchSize}, ${work.optimizer}`);
  for (const [i, { name }] of contenders.entries()) {
    if (missing.has(name)) console.log(`  ${name.padEnd(20)} not installed, skipped`);
    else console.log(`  ${name.padEnd(20)} ${line(rates[i], rates[0])}`);
  }
  console.log();
}

/** Median, spread, and the median of the ratios of ours to it, round by round. */
function line(rates: readonly number[], ours: readonly number[]): string {
  const spread = `${format(Math.min(...rates))} to ${format(Math.max(...rates))}`;
  const ratio = median(rates.map((rate, round) => ours[round] / rate));
  const comparison = rates === ours ? "" : `   chainrule is ×${ratio.toPrecision(3)}`;
  return `${format(median(rates)).padStart(9)}  (${spread})${comparison}`;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function format(rate: number): string {
  return Math.round(rate).toLocaleString("en-US");
}
