/**
 * Measures ours beside its peers, in turn, in one run, and checks that they compute the same.
 *
 *     npm run bench                      # everything, a quarter of an hour
 *     npm run bench -- mnist-sgd tiny    # some works
 *     npm run bench -- --rounds 2        # a quick look
 */
import { cpus, type } from "node:os";
import { readArguments } from "./arguments.js";
import { buildContenders, buildLibrary } from "./build.js";
import { cores } from "./engines.js";
import { run } from "./race.js";
import { agreement, referenceOf } from "./report/agreement.js";
import { able, type RaceResult, type WorkResult } from "./report/results.js";
import { section } from "./report/section.js";
import { writeReport } from "./report/write.js";
import { peak, works } from "./works/index.js";
import type { Work } from "./works/work.js";

const order = [peak, ...works].map(({ name }) => name);
const { names, rounds, seconds, build, write } = readArguments(process.argv.slice(2), order);
const machine = `${cpus()[0].model.trim()}, ${cores} cores, ${type()} ${process.arch}`;
const chosen = works.filter(({ name }) => names.length === 0 || names.includes(name));

if (build) buildLibrary();
await buildContenders();

// The peaks of this run: every other figure is a share of them.
const first = await measure(peak, {});
const peaks = Object.fromEntries(
  able(first.races[0]).map(({ name, rates }) => [name, 1e9 * Math.max(...rates)]),
);
const peakResult: WorkResult = { ...first, peaks };
console.log(`${section(peakResult)}\n`);
const results = names.length === 0 || names.includes(peak.name) ? [peakResult] : [];
for (const work of chosen) {
  const result = await measure(work, peaks);
  results.push(result);
  console.log(`${section(result)}\n`);
  if (write) writeReport(results, order); // after each, so that a run that is cut short leaves what it has
}
if (write) writeReport(results, order);

const failures = results.flatMap(({ name, races }) =>
  races.flatMap((race) => failed(race).map((who) => `${name}: ${who}`)),
);
for (const failure of failures) console.error(`Failed: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);

async function measure(work: Work, peaks: Record<string, number>): Promise<WorkResult> {
  const races: RaceResult[] = [];
  for (const race of work.races()) races.push(await run(race, rounds, seconds));
  const most = Math.max(...races.flatMap(({ contenders }) => contenders.map(({ rates }) => rates.length)));
  return { name: work.name, about: work.about, machine, rounds: most, peaks, races };
}

/** Those that computed something else, and ours where it broke down. */
function failed({ title, contenders }: RaceResult): readonly string[] {
  const reference = referenceOf(contenders);
  const bad = contenders.filter((contender) => {
    const brokeDown = contender.ours && contender.missing?.startsWith("failed");
    return brokeDown || agreement(contender, reference).failed;
  });
  return bad.map(({ name, missing }) => [name, title, missing].filter(Boolean).join(", "));
}
