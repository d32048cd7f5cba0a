import { loops } from "../contender.js";
import { median } from "../statistics.js";
import { agreement, referenceOf } from "./agreement.js";
import { curves } from "./curves.js";
import { geometricMeans, memoryTable, ratioTable } from "./ratios.js";
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
  const flops = race.unit === "GFLOP/s" ? [] : ["GFLOP/s"]; // not twice
  const shares = ["of 4-wide", "of native", "of OpenBLAS"];
  const rows = contenders.map((contender) => [
    contender.name,
    number(median(contender.rates)),
    `${number(Math.min(...contender.rates))} to ${number(Math.max(...contender.rates))}`,
    ...flops.map(() => number((median(contender.rates) * race.flops) / 1e9)),
    ...sharesOf(contender, race, work.peaks),
    agreement(contender, reference).words,
    ...(memory ? [`${Math.round((contender.memory ?? 0) / 1e6)} MB`] : []),
  ]);
  const head = ["", race.unit, "spread", ...flops, ...shares, "check", ...(memory ? ["memory"] : [])];
  const parts = [table(head, rows), ratioTable(race), memory ? memoryTable(race) : undefined];
  return [race.title ? `**${race.title}**` : undefined, ...parts]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

/** A contender's share of each peak, times its threads. */
function sharesOf(contender: ContenderResult, race: RaceResult, peaks: WorkResult["peaks"]): string[] {
  const inFours = Object.keys(peaks).filter((name) => /SIMD|4-wide/.test(name) && name.startsWith("loop"));
  const most = Math.max(...inFours.map((name) => peaks[name]));
  const own = contender.ceiling.includes("SIMD") ? peaks[contender.ceiling] : undefined;
  const flops = median(contender.rates) * race.flops;
  return [own ?? most, peaks[loops.native], peaks["OpenBLAS, 1 thread"]].map((peak) => {
    const percent = (100 * flops) / (peak * contender.threads);
    return !(peak > 0) ? "–" : percent < 1 ? "< 1 %" : `${Math.round(percent)} %`;
  });
}

/** Who was missing and why, whose algorithm differs, and what was at work on what. */
function footnotes({ machine, rounds, races }: WorkResult): readonly string[] {
  const all = races.flatMap(({ contenders }) => contenders);
  const each = (text: (contender: ContenderResult) => string | undefined) => [
    ...new Set(all.map(text).filter((line) => line !== undefined)),
  ];
  const lines = [
    ...each(({ name, group, missing }) => {
      if (missing === undefined) return undefined;
      return `- ${missing.startsWith("not installed") ? group : name}: skipped, ${missing}`;
    }),
    ...each(({ about }) => (about === undefined ? undefined : `- ${about}`)),
    ...each(({ name, differs }) => (differs === undefined ? undefined : `- ${name} differs: ${differs}`)),
  ];
  const versions = each(({ version, engine, note }) =>
    version === undefined ? undefined : `${version} on ${engine}${note ? ` (${note})` : ""}`,
  );
  return [
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    `${versions.join("; ")}. ${rounds} round${rounds === 1 ? "" : "s"} on ${machine}.`,
  ];
}
