import { median } from "../statistics.js";
import { agreement, referenceOf } from "./agreement.js";
import { curves } from "./curves.js";
import { geometricMeans, ratioTable } from "./ratios.js";
import { able, type ContenderResult, type RaceResult, type WorkResult } from "./results.js";
import { number, table } from "./table.js";

/** A work's results in Markdown. */
export function section(work: WorkResult): string {
  const races =
    work.races[0]?.point === undefined ? work.races.map((race) => raceText(race, work)) : [curves(work)];
  const means = geometricMeans(work.races[0]?.point === undefined ? work.races : []);
  return [
    `## ${work.name}`,
    work.about,
    ...races,
    ...(means.length > 0 ? [means.map((line) => `- ${line}`).join("\n")] : []),
    ...footnotes(work),
  ].join("\n\n");
}

function raceText(race: RaceResult, work: WorkResult): string {
  const reference = referenceOf(race.contenders);
  const contenders = able(race);
  const memory = contenders.some((contender) => contender.memory);
  const loops = Object.keys(work.peaks).filter((name) => name.includes("SIMD"));
  const widest = loops.reduce((a, b) => (work.peaks[b] > work.peaks[a] ? b : a), loops[0] ?? "");
  const head = [
    "",
    `median ${race.unit}`,
    "spread",
    "GFLOP/s",
    "of 4-wide peak",
    "of native peak",
    "of OpenBLAS",
  ];
  const rows = contenders.map((contender) => {
    const middle = median(contender.rates);
    const flops = middle * race.flops;
    const share = (most: number | undefined) => {
      return most === undefined ? "–" : `${Math.round((100 * flops) / (most * contender.threads))} %`;
    };
    return [
      contender.name,
      number(middle),
      `${number(Math.min(...contender.rates))} to ${number(Math.max(...contender.rates))}`,
      number(flops / 1e9),
      share(work.peaks[contender.ceiling.includes("SIMD") ? contender.ceiling : widest]),
      share(work.peaks["loop in C"]),
      share(work.peaks["OpenBLAS, 1 thread"]),
      agreement(contender, reference).words,
      ...(memory ? [`${Math.round((contender.memory ?? 0) / 1e6)} MB`] : []),
    ];
  });
  return [
    ...(race.title ? [`**${race.title}**`] : []),
    table([...head, "check", ...(memory ? ["memory"] : [])], rows),
    ratioTable(race),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

/** Who was missing and why, whose algorithm differs, and what was at work on what. */
function footnotes({ machine, rounds, races }: WorkResult): readonly string[] {
  const all = races.flatMap(({ contenders }) => contenders);
  const each = (text: (contender: ContenderResult) => string | undefined) => [
    ...new Set(all.map(text).filter((line) => line !== undefined)),
  ];
  const lines = [
    ...each(({ name, missing }) => (missing === undefined ? undefined : `- ${name}: skipped, ${missing}`)),
    ...each(({ name, differs }) => (differs === undefined ? undefined : `- ${name} differs: ${differs}`)),
  ];
  const versions = each(({ version, engine, note }) =>
    version === undefined ? undefined : `${version} on ${engine}${note ? ` (${note})` : ""}`,
  );
  return [
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    `${versions.join("; ")}. ${rounds} rounds on ${machine}.`,
  ];
}
