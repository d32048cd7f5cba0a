import { median } from "../statistics.js";
import { agreement, referenceOf } from "./agreement.js";
import type { Panel, Series } from "./plot.js";
import { able, type ContenderResult, type RaceResult, type WorkResult } from "./results.js";
import { number, table } from "./table.js";

/** Median rates of a work whose races stand on curves, a table for each curve, and the memory that the widths took. */
export function curves(work: WorkResult): string {
  const byName = byCurve(work);
  const rates = [...byName].map(([curve, races]) => {
    const x = (race: RaceResult) => written(race.point?.x);
    const text = columns(races, curve, x, (contender) => number(median(contender.rates)));
    return `**Examples/s by ${curve}**\n\n${text}`;
  });
  const megabytes = ({ memory = 0 }: ContenderResult) => `${(memory / 1e6).toFixed(1)} MB`;
  const parameters = (race: RaceResult) => written(race.parameters);
  const memory = columns(byName.get("width") ?? [], "parameters", parameters, megabytes);
  const title = "**Peak memory by number of parameters**, above the bare runtime and the loaded data";
  const picture = "![How training grows](../docs/growth.svg)";
  return [...rates, `${title}\n\n${memory}`, checks(work), picture].join("\n\n");
}

/** A row for each race, a column for each contender. */
function columns(
  races: readonly RaceResult[],
  head: string,
  x: (race: RaceResult) => string,
  text: (contender: ContenderResult) => string,
): string {
  const names = [...new Set(races.flatMap((race) => able(race).map(({ name }) => name)))];
  const rows = races.map((race) => {
    const cells = names.map((name) => able(race).find((contender) => contender.name === name));
    return [x(race), ...cells.map((contender) => (contender === undefined ? "–" : text(contender)))];
  });
  return table([head, ...names], rows);
}

const labels: Readonly<Record<string, string>> = {
  "batch size": "batch size (784-128-10)",
  width: "units of the hidden layer (batches of 32)",
  depth: "hidden layers of 128 units (batches of 32)",
};

/** The panels of the picture: examples a second on each curve, and memory by parameters along the width. */
export function panels(work: WorkResult): readonly Panel[] {
  const curves = byCurve(work);
  const rates = [...curves].map(([curve, races]): Panel => {
    const y = (contender: ContenderResult) => median(contender.rates);
    return {
      x: labels[curve] ?? curve,
      y: "examples a second in training",
      series: seriesOf(races, (race) => race.point?.x ?? 0, y),
    };
  });
  const megabytes = (contender: ContenderResult) => (contender.memory ?? 0) / 1e6;
  const memory: Panel = {
    x: "number of parameters (by width)",
    y: "peak memory in MB, above bare runtime and data",
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

const written = (count = 0) => count.toLocaleString("en-US");
