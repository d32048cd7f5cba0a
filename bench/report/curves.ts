import { median } from "../statistics.js";
import { agreement, referenceOf } from "./agreement.js";
import type { Panel, Series } from "./plot.js";
import { able, type ContenderResult, type RaceResult, type WorkResult } from "./results.js";
import { number, table } from "./table.js";

/** Median rates of a work whose races stand on curves, a table for each curve, and the memory that they took. */
export function curves(work: WorkResult): string {
  const names = [...new Set(work.races.flatMap((race) => able(race).map(({ name }) => name)))];
  const cell = (race: RaceResult, name: string, text: (contender: ContenderResult) => string) => {
    const contender = able(race).find((other) => other.name === name);
    return contender === undefined ? "–" : text(contender);
  };
  const tables = [...byCurve(work)].map(([curve, races]) => {
    const rows = races.map((race) => [
      String(race.point?.x),
      String(race.parameters),
      ...names.map((name) => cell(race, name, ({ rates }) => number(median(rates)))),
      ...names.map((name) => cell(race, name, ({ memory = 0 }) => `${(memory / 1e6).toFixed(1)} MB`)),
    ]);
    const head = [curve, "parameters", ...names.map((name) => `${name}, examples/s`), ...names.map(memoryOf)];
    return `**${curve}**\n\n${table(head, rows)}`;
  });
  return [...tables, checks(work), "![How training grows](../docs/growth.svg)"].join("\n\n");
}

/** The panels of the picture: examples a second on each curve, and memory by parameters along the width. */
export function panels(work: WorkResult): readonly Panel[] {
  const curves = byCurve(work);
  const rates = [...curves].map(([curve, races]): Panel => {
    const y = (contender: ContenderResult) => median(contender.rates);
    return { x: curve, y: "examples/s", series: seriesOf(races, (race) => race.point?.x ?? 0, y) };
  });
  const megabytes = (contender: ContenderResult) => (contender.memory ?? 0) / 1e6;
  const memory: Panel = {
    x: "parameters",
    y: "peak memory in MB, above the bare runtime and the data",
    series: seriesOf(curves.get("width") ?? [], (race) => race.parameters ?? 0, megabytes, Math.min),
  };
  return [...rates, memory];
}

/** One line for each of ours, and one for each peer: the best of its thread counts at every point. */
function seriesOf(
  races: readonly RaceResult[],
  x: (race: RaceResult) => number,
  y: (contender: ContenderResult) => number,
  best: (...values: number[]) => number = Math.max,
): readonly Series[] {
  const groups = [...new Set(races.flatMap((race) => able(race).map(({ group }) => group)))];
  return groups.map((group) => ({
    name: group,
    points: races.flatMap((race) => {
      const values = able(race).filter((contender) => contender.group === group);
      return values.length === 0 ? [] : [{ x: x(race), y: best(...values.map(y)) }];
    }),
  }));
}

function byCurve({ races }: WorkResult): Map<string, RaceResult[]> {
  const curves = new Map<string, RaceResult[]>();
  for (const race of races) {
    const curve = race.point?.curve ?? "";
    curves.set(curve, [...(curves.get(curve) ?? []), race]);
  }
  return curves;
}

/** One word for all points: which of them do not agree, if any. */
function checks({ races }: WorkResult): string {
  const failures = races.flatMap((race) => {
    const reference = referenceOf(race.contenders);
    return able(race)
      .map((contender) => ({ title: race.title, name: contender.name, ...agreement(contender, reference) }))
      .filter(({ failed }) => failed);
  });
  if (failures.length === 0) return "Check: all contenders computed the same at every point.";
  return failures.map(({ title, name, words }) => `- CHECK ${words}: ${name} at ${title}`).join("\n");
}

const memoryOf = (name: string) => `${name}, memory`;
