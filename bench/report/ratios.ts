import { geometricMean, median, ratios } from "../statistics.js";
import { nameIn } from "./agreement.js";
import { able, type ContenderResult, type RaceResult } from "./results.js";
import { number, table } from "./table.js";

/** How many times as fast as each peer ours is, in the median of the rounds, and the range of the rounds. */
export function ratioTable(race: RaceResult): string | undefined {
  const ours = able(race).filter((contender) => contender.ours);
  const rivals = rivalsOf(race);
  const alone = ours.map((contender) => aloneOf(contender, ours));
  const columns = [...rivals.map(({ name }) => name), ...(alone.some(Boolean) ? ["itself, 1 thread"] : [])];
  if (ours.length === 0 || columns.length === 0) return undefined;
  const rows = ours.map((contender, i) => {
    const others = [...rivals.map(({ best }) => best), ...(alone.some(Boolean) ? [alone[i]] : [])];
    return [nameIn(race, contender), ...others.map((other) => (other ? cell(contender, other) : "–"))];
  });
  const compared = rows.filter((row) => row.slice(1).some((text) => text !== "–"));
  return table(["times as fast as", ...columns], compared);
}

/** Over several races, the geometric mean of each contender of ours over each group of peers. */
export function geometricMeans(races: readonly RaceResult[]): readonly string[] {
  const means = new Map<string, number[]>();
  for (const race of races) {
    for (const contender of able(race).filter(({ ours }) => ours)) {
      for (const { best } of rivalsOf(race)) {
        const key = `${nameIn(race, contender)} is ×VALUE of ${best.group}`;
        means.set(key, [...(means.get(key) ?? []), ratio(contender, best)]);
      }
    }
  }
  return [...means]
    .filter(([, values]) => values.length === races.length && races.length > 1)
    .map(
      ([key, values]) =>
        `${key.replace("VALUE", number(geometricMean(values)))}, geometric mean of ${races.length}`,
    );
}

/** The best of each group of peers, by median. */
function rivalsOf(race: RaceResult): { name: string; best: ContenderResult }[] {
  const peers = able(race).filter(({ ours }) => !ours);
  if (race.eachAlone) return peers.map((peer) => ({ name: nameIn(race, peer), best: peer }));
  return [...new Set(peers.map(({ group }) => group))].map((group) => {
    const members = peers.filter((peer) => peer.group === group);
    const best = members.reduce((a, b) => (median(b.rates) > median(a.rates) ? b : a));
    return { name: nameIn(race, best), best };
  });
}

/** The same contender with one thread, where this one has more. */
function aloneOf(
  { group, threads }: ContenderResult,
  ours: readonly ContenderResult[],
): ContenderResult | undefined {
  return threads === 1 ? undefined : ours.find((other) => other.group === group && other.threads === 1);
}

function cell(ours: ContenderResult, theirs: ContenderResult): string {
  const all = ratios(ours.rates, theirs.rates);
  return `${number(median(all))} (${number(Math.min(...all))} to ${number(Math.max(...all))})`;
}

const ratio = (ours: ContenderResult, theirs: ContenderResult) => median(ratios(ours.rates, theirs.rates));
