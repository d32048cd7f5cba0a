import { geometricMean, median, ratios } from "../statistics.js";
import { nameIn } from "./agreement.js";
import { able, type ContenderResult, type RaceResult } from "./results.js";
import { number, table } from "./table.js";

/** A contender as a row of a table of ratios. */
interface Rival {
  readonly name: string;
  readonly best: ContenderResult;
}

/** How many times as fast as each peer ours is, in the median of the rounds, and the range of the rounds. */
export function ratioTable(race: RaceResult): string | undefined {
  const all = oursIn(race);
  const rivals = rivalsOf(race);
  const ours = rivals.length > 0 ? all : all.filter((contender) => aloneOf(contender, all) !== undefined);
  const itself = ours.map((contender) => aloneOf(contender, all));
  const rows = rivals.map(({ name, best }) => [name, ...ours.map((each) => cell(each, best))]);
  if (itself.some((one) => one !== undefined)) {
    rows.push(["itself on 1 thread", ...ours.map((each, i) => cell(each, itself[i]))]);
  }
  return rows.length === 0 || ours.length === 0
    ? undefined
    : table(["times as fast as", ...headsOf(race, ours)], rows);
}

/** How much of each peer's peak memory ours takes. */
export function memoryTable(race: RaceResult): string | undefined {
  const rivals = rivalsOf(race).filter(({ best }) => (best.memory ?? 0) > 0);
  if (rivals.length === 0) return undefined;
  const share = (ours: ContenderResult, { memory = 0 }: ContenderResult) => {
    return ours.memory === undefined ? "–" : number(ours.memory / memory);
  };
  const rows = rivals.map(({ name, best }) => [name, ...oursIn(race).map((each) => share(each, best))]);
  return table(["times the memory of", ...headsOf(race, oursIn(race))], rows);
}

/** Over several races, the geometric mean of each contender of ours over each group of peers. */
export function geometricMeans(races: readonly RaceResult[]): readonly string[] {
  const means = new Map<string, number[]>();
  for (const race of races) {
    for (const contender of oursIn(race)) {
      for (const { best } of rivalsOf(race)) {
        const key = `${nameIn(race, contender)}: VALUE times as fast as ${best.group}`;
        means.set(key, [...(means.get(key) ?? []), ratio(contender, best)]);
      }
    }
  }
  return [...means]
    .filter(([, values]) => values.length === races.length && races.length > 1)
    .map(([key, values]) => {
      return `${key.replace("VALUE", number(geometricMean(values)))}, geometric mean of ${races.length}`;
    });
}

const oursIn = (race: RaceResult) => able(race).filter(({ ours }) => ours);

/** Short, as all of them are ours. */
const headsOf = (race: RaceResult, ours: readonly ContenderResult[]) =>
  ours.map((contender) => nameIn(race, contender).replace("chainrule ", ""));

/** The best of each group of peers, by median. */
function rivalsOf(race: RaceResult): readonly Rival[] {
  const peers = able(race).filter(({ ours }) => !ours);
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

function cell(ours: ContenderResult, theirs: ContenderResult | undefined): string {
  if (theirs === undefined) return "–";
  const all = ratios(ours.rates, theirs.rates);
  return `${number(median(all))} (${number(Math.min(...all))} to ${number(Math.max(...all))})`;
}

const ratio = (ours: ContenderResult, theirs: ContenderResult) => median(ratios(ours.rates, theirs.rates));
