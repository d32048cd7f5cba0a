import type { PageData, Series } from "./page-data.js";

/** What is known of an epoch. */
export interface Entry {
  /** Its place on the axis. */
  readonly x: number;
  /** The number of its fit, from 0. */
  readonly fit: number;
  /** What was measured, by name. */
  readonly logs: Readonly<Record<string, number>>;
  /** The learning rate that it began with. */
  readonly rate?: number | undefined;
  /** How long it took, validation included. */
  readonly seconds?: number | undefined;
  /** Rows that were trained on. */
  readonly rows?: number | undefined;
}

/** The names of what is known beside the measures. */
export const RATE = "learning rate";
export const SECONDS = "seconds";
export const SPEED = "examples/s";

/** Epochs on the page, at most, but for some extremes. */
const MOST = 400;

/**
 * The epochs that a page shows: all, or every so-manieth, the first and the last of each fit, and those where a measure
 * is at its least or largest.
 */
export function shownEntries(entries: readonly Entry[], names: readonly string[]): readonly Entry[] {
  if (entries.length <= MOST) return entries;
  const shown = new Set<Entry>();
  const stride = Math.ceil(entries.length / MOST);
  for (const [i, entry] of entries.entries()) {
    const isEdge = entries[i - 1]?.fit !== entry.fit || entries[i + 1]?.fit !== entry.fit;
    if (i % stride === 0 || (isEdge && entry.fit < MOST)) shown.add(entry);
  }
  shown.add(entries[entries.length - 1]);
  for (const name of names) {
    for (const sign of [1, -1]) {
      let best: Entry | undefined;
      for (const entry of entries) {
        if (best === undefined || sign * entry.logs[name] > sign * best.logs[name]) best = entry;
      }
      if (best !== undefined) shown.add(best);
    }
  }
  return [...shown].sort((a, b) => a.x - b.x);
}

/** The names of all that was measured, in the order in which it came. */
export function namesOf(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ logs }) => Object.keys(logs)))];
}

/** Entries as series, with those of rate and time behind those of the measures. */
export function seriesOf(entries: readonly Entry[], names: readonly string[]): readonly Series[] {
  const series = (name: string, of: (entry: Entry) => number | undefined): Series => ({
    name,
    values: entries.map((entry) => finite(of(entry))),
  });
  return [
    ...names.map((name) => series(name, ({ logs }) => (Object.hasOwn(logs, name) ? logs[name] : undefined))),
    series(RATE, ({ rate }) => rate),
    series(SECONDS, ({ seconds }) => seconds),
    series(SPEED, speedOf),
  ];
}

/** Rows a second. */
export function speedOf({ rows, seconds }: Entry): number | undefined {
  return rows === undefined || seconds === undefined || seconds <= 0 ? undefined : rows / seconds;
}

/** The epochs of a training that is resumed: its history, with what an earlier page knew of them. */
export function earlierEntries(
  history: Readonly<Record<string, readonly number[]>>,
  page: Pick<PageData, "x" | "series"> | undefined,
): Entry[] {
  const length = Math.max(0, ...Object.values(history).map((values) => values.length));
  // A measure may have the name of one of these, which stand behind it.
  const others = new Map(page?.series.map(({ name, values }) => [name, values]));
  return Array.from({ length }, (_, i) => {
    const at = page?.x.indexOf(i + 1) ?? -1;
    const known = (name: string) => others.get(name)?.[at] ?? undefined;
    const [seconds, speed] = [known(SECONDS), known(SPEED)];
    const rows = seconds === undefined || speed === undefined ? undefined : Math.round(seconds * speed);
    const logs = Object.fromEntries(Object.entries(history).map(([name, values]) => [name, values[i]]));
    return { x: i + 1, fit: 0, logs, rate: known(RATE), seconds, rows };
  });
}

/** JSON has no other numbers. */
const finite = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null);
