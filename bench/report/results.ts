import { readFileSync, writeFileSync } from "node:fs";

/** What is known of a contender after a race. */
export interface ContenderResult {
  readonly name: string;
  readonly group: string;
  readonly ours: boolean;
  readonly threads: number;
  readonly ceiling: string;
  readonly version?: string;
  readonly engine?: string;
  readonly note?: string;
  readonly missing?: string;
  readonly about?: string;
  readonly differs?: string;
  readonly check?: readonly number[];
  /** Items a second, round by round. */
  readonly rates: readonly number[];
  readonly memory?: number;
}

export interface RaceResult {
  readonly title: string;
  readonly unit: string;
  /** Floating-point operations of an item. */
  readonly flops: number;
  readonly parameters?: number;
  readonly point?: { readonly curve: string; readonly x: number };
  readonly contenders: readonly ContenderResult[];
}

export interface WorkResult {
  readonly name: string;
  readonly about: string;
  readonly machine: string;
  readonly rounds: number;
  /** Flop/s of each ceiling on one thread, in the same run. */
  readonly peaks: Readonly<Record<string, number>>;
  readonly races: readonly RaceResult[];
}

/** Those who took part to the end. */
export function able({ contenders }: RaceResult): readonly ContenderResult[] {
  return contenders.filter(({ missing, rates }) => missing === undefined && rates.length > 0);
}

/** The results of earlier runs, a work a line, so that a run of one work leaves the others as they are. */
export function readResults(path: string): Map<string, WorkResult> {
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // None yet.
  }
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => JSON.parse(line) as WorkResult).map((work) => [work.name, work]));
}

export function writeResults(path: string, results: readonly WorkResult[]): void {
  writeFileSync(path, results.map((result) => `${JSON.stringify(result, short)}\n`).join(""));
}

/** Measurements have no more than six digits that mean anything. */
function short(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
